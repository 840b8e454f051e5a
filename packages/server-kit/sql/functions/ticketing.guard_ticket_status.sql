create or replace function ticketing.guard_ticket_status() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  raise exception 'ticket % is void and stays void', old.ticket_id
    using errcode = '23514', constraint = 'void_ticket_stays_void';
end
$$;

create or replace trigger void_ticket_stays_void before update of status on ticketing.tickets
for each row when (old.status = 'void' and new.status <> 'void') execute function ticketing.guard_ticket_status();

revoke execute on function ticketing.guard_ticket_status from public;
