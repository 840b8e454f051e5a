-- Adds a stretch of one event's journal to the periods that are kept, at most `max_entries` of it. Answers whether it
-- reached the end. Not up to the newest entry: a transaction under way may commit one with a lower number. None lasts
-- a minute. The checkpoint is locked first, so that no entry is added twice.
create or replace function ticketing.roll_up_sales(event_id uuid, max_entries integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz;
  mark bigint;
  stretch record;
begin
  insert into ticketing.sales_checkpoints (event_id, entry_id) values (roll_up_sales.event_id, 0)
  on conflict do nothing;
  select c.entry_id into mark from ticketing.sales_checkpoints c where c.event_id = roll_up_sales.event_id for update;
  moment := venuekit.clock();
  select max(s.entry_id) filter (where s.occurred_at < moment - interval '1 minute') as last_entry,
    count(*)::integer as entries
  into stretch
  from (
    select j.entry_id, j.occurred_at from ticketing.journal j
    where j.event_id = roll_up_sales.event_id and j.entry_id > mark
    order by j.entry_id
    limit roll_up_sales.max_entries
  ) s;
  if stretch.last_entry is null then
    return jsonb_build_object('rolledUp', 0, 'more', false);
  end if;

  with rows as materialized (
    select * from ticketing.sales_in_journal(roll_up_sales.event_id, stretch.last_entry)
  ), kept as (
    insert into ticketing.sales_periods as k (
      event_id, starts_at, currency, issued, returned, reserved, taken_minor, given_back_minor)
    select roll_up_sales.event_id, r.starts_at, r.currency, r.issued, r.returned, r.reserved, r.taken_minor,
      r.given_back_minor
    from rows r
    on conflict on constraint sales_periods_key do update
    set issued = k.issued + excluded.issued, returned = k.returned + excluded.returned,
      reserved = k.reserved + excluded.reserved, taken_minor = k.taken_minor + excluded.taken_minor,
      given_back_minor = k.given_back_minor + excluded.given_back_minor
  )
  -- In one order for everybody: two events may be at it at once.
  insert into venuekit.sales_periods as k (
    starts_at, currency, issued, returned, reserved, taken_minor, given_back_minor)
  select r.starts_at, r.currency, r.issued, r.returned, r.reserved, r.taken_minor, r.given_back_minor
  from rows r
  order by r.starts_at, r.currency
  on conflict on constraint all_sales_periods_key do update
  set issued = k.issued + excluded.issued, returned = k.returned + excluded.returned,
    reserved = k.reserved + excluded.reserved, taken_minor = k.taken_minor + excluded.taken_minor,
    given_back_minor = k.given_back_minor + excluded.given_back_minor;

  update ticketing.sales_checkpoints c set entry_id = stretch.last_entry where c.event_id = roll_up_sales.event_id;
  return jsonb_build_object('rolledUp', stretch.entries, 'more', stretch.entries = roll_up_sales.max_entries);
end
$$;

revoke execute on function ticketing.roll_up_sales from public;
grant execute on function ticketing.roll_up_sales to venuekit_app;
