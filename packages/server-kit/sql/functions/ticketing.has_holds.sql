-- Does this address hold so many unpaid orders of the event? One reservation of an address at a time, so that as many
-- requests at once do not slip past the count; other addresses wait for nothing.
create or replace function ticketing.has_holds(event_id uuid, email text, number integer) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(hashtextextended(has_holds.event_id || ' ' || lower(has_holds.email), 0));
  return (
    select count(*) >= has_holds.number
    from ticketing.orders o
    where o.event_id = has_holds.event_id and lower(o.buyer_email) = lower(has_holds.email)
      and o.status in ('reserved', 'expiring')
  );
end
$$;

revoke execute on function ticketing.has_holds from public;
