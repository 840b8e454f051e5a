-- Durable. The show is off: nothing is sold any more. Holds and orders follow in batches, by `call_off_orders`.
create or replace function ticketing.cancel_event(event_id uuid, actor text, reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  show ticketing.events;
  cancelled ticketing.events;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(cancel_event.actor, '') = '' then
    raise exception 'a show is cancelled by an actor' using errcode = '22023';
  end if;
  select e.* into show from ticketing.events e where e.event_id = cancel_event.event_id for no key update;
  moment := venuekit.clock();
  update ticketing.events e
  set status = 'cancelled', cancelled_at = moment, cancelled_by = cancel_event.actor,
    cancel_reason = cancel_event.reason
  where e.event_id = show.event_id and e.status <> 'cancelled'
  returning * into cancelled;
  if found then
    perform ticketing.note_change(
      show.event_id, null, cancel_event.actor, to_jsonb(show), to_jsonb(cancelled), moment);
  end if;
  return ticketing.get_admin_event(cancel_event.event_id);
end
$$;

revoke execute on function ticketing.cancel_event from public;
grant execute on function ticketing.cancel_event to venuekit_app;
