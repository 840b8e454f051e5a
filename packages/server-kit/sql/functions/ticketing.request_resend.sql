-- The tickets mail once more for each order of an address that has a ticket to show: at most one per order in 5 minutes
-- and 10 in all.
create or replace function ticketing.request_resend(event_id uuid, venue_id uuid, email text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  moment timestamptz;
  queued integer := 0;
begin
  perform venuekit.commit_durably();
  for bought in
    select o.* from ticketing.orders o
    join ticketing.events e on e.event_id = o.event_id
    where o.event_id = request_resend.event_id and e.venue_id = request_resend.venue_id
      and o.status = 'fulfilled' and lower(o.buyer_email) = lower(request_resend.email)
      and ticketing.valid_tickets(o.event_id, o.order_id) is not null
    order by o.order_id
    limit 20
    for update of o
  loop
    moment := venuekit.clock();
    continue when (
      select count(*) >= 10 or bool_or(m.status = 'waiting' or m.created_at > moment - interval '5 minutes')
      from venuekit.outbox m
      where m.event_id = bought.event_id and m.order_id = bought.order_id and m.kind in ('tickets', 'tickets_late')
    );
    perform ticketing.queue_tickets_again(bought, moment);
    queued := queued + 1;
  end loop;
  return jsonb_build_object('queued', queued);
end
$$;

revoke execute on function ticketing.request_resend from public;
grant execute on function ticketing.request_resend to venuekit_app;
