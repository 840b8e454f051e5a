-- Adds a stretch of one event's journal to the periods that are kept, at most `max_entries` of it. Answers how many and
-- whether more may follow. Not up to the newest entry: a transaction under way may commit one with a lower number, and
-- none lasts a quarter of an hour. The checkpoint is locked first, so that no entry is added twice.
create or replace function ticketing.roll_up_sales(event_id uuid, max_entries integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz;
  mark bigint;
  stretch record;
begin
  mark := ticketing.lock_sales(roll_up_sales.event_id);
  moment := venuekit.clock();
  with entries as materialized (
    select j.entry_id, j.occurred_at from ticketing.journal j
    where j.event_id = roll_up_sales.event_id and j.entry_id > mark
    order by j.entry_id
    limit roll_up_sales.max_entries
  ), old as (
    select max(e.entry_id) as last_entry from entries e where e.occurred_at < moment - interval '15 minutes'
  )
  select o.last_entry, (select count(*) from entries e where e.entry_id <= o.last_entry)::integer as entries
  into stretch
  from old o;
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
