-- Locks what says how far an event's journal is added up, and answers the entry.
create or replace function ticketing.lock_sales(event_id uuid) returns bigint
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  mark bigint;
begin
  insert into ticketing.sales_checkpoints (event_id, entry_id) values (lock_sales.event_id, 0)
  on conflict do nothing;
  select c.entry_id into mark from ticketing.sales_checkpoints c where c.event_id = lock_sales.event_id for update;
  return mark;
end
$$;

revoke execute on function ticketing.lock_sales from public;
