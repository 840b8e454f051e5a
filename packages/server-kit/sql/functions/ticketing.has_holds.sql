-- Does this address hold so many unpaid orders of the event? One reservation of an address at a time, so that as many
-- requests at once do not slip past the count; other addresses wait for nothing.
-- No sequential scan: one planned while the table was small read all holds of the event ever after (172 sales a second where there were 540).
create or replace function ticketing.has_holds(event_id uuid, email text, number integer) returns boolean
language plpgsql volatile security definer set search_path = '' set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  buyer bigint := hashtextextended(has_holds.event_id::text || ' ' || lower(has_holds.email), 0);
begin
  perform pg_advisory_xact_lock(buyer);
  return (
    select count(*) >= has_holds.number
    from ticketing.orders o
    where hashtextextended(o.event_id::text || ' ' || lower(o.buyer_email), 0) = buyer
      and o.hold_expires_at is not null and o.status::text in ('reserved', 'expiring')
  );
end
$$;

revoke execute on function ticketing.has_holds from public;
