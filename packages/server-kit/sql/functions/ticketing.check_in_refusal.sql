-- Why a ticket of a locked order does not admit, whoever came in before; null where it does. An old code is one whatever
-- became of its ticket, and a cancelled show refuses all.
create or replace function ticketing.check_in_refusal(scanned ticketing.tickets, code_version integer) returns text
language sql stable security definer set search_path = ''
as $$
  select case
    when check_in_refusal.code_version < scanned.code_version then 'superseded'
    when e.status = 'cancelled' then 'event_cancelled'
    when scanned.status <> 'valid' then scanned.status
  end
  from ticketing.events e
  where e.event_id = scanned.event_id
$$;

revoke execute on function ticketing.check_in_refusal from public;
