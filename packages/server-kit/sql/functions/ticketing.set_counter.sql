-- Sets one counter to what orders and tickets say, under its lock, and journals the difference between that and the sum
-- of its journal. Rows that wait for the lock are not counted yet and add themselves afterwards, so a sale may go on.
-- A counter that is gone comes back with the capacity of its journal. Records what it changed. Answers whether anything
-- was wrong; raises check_violation where the truth has no room.
create or replace function ticketing.set_counter(
  event_id uuid, tier_id uuid, pool_id uuid, actor text, moment timestamptz
) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  truth record;
  was_gone boolean;
begin
  if set_counter.tier_id is not null then
    perform from ticketing.tier_inventory i
    where i.event_id = set_counter.event_id and i.tier_id = set_counter.tier_id for no key update;
  else
    perform from ticketing.pool_inventory i
    where i.event_id = set_counter.event_id and i.pool_id = set_counter.pool_id for no key update;
  end if;
  select t.* into truth from ticketing.counter_truths(array[set_counter.event_id]) as t
  where t.tier_id = set_counter.tier_id or t.pool_id = set_counter.pool_id;
  was_gone := truth.capacity is null;
  if was_gone then
    insert into ticketing.tier_inventory (event_id, tier_id, capacity)
    select set_counter.event_id, set_counter.tier_id, truth.journal_capacity where set_counter.tier_id is not null;
    insert into ticketing.pool_inventory (event_id, pool_id, capacity)
    select set_counter.event_id, set_counter.pool_id, truth.journal_capacity where set_counter.pool_id is not null;
    truth.capacity := truth.journal_capacity;
    truth.reserved := 0;
    truth.issued := 0;
  end if;
  if not was_gone and (truth.reserved, truth.issued, truth.journal_capacity, truth.journal_reserved, truth.journal_issued)
    = (truth.held, truth.taken, truth.capacity, truth.held, truth.taken)
  then
    return false;
  end if;

  insert into ticketing.repairs (event_id, kind, actor, repaired_at, tier_id, pool_id, before, after)
  values (
    set_counter.event_id, 'counter', set_counter.actor, set_counter.moment, set_counter.tier_id, set_counter.pool_id,
    jsonb_build_object('gone', was_gone, 'reserved', truth.reserved, 'issued', truth.issued,
      'journalCapacity', truth.journal_capacity, 'journalReserved', truth.journal_reserved,
      'journalIssued', truth.journal_issued),
    jsonb_build_object('reserved', truth.held, 'issued', truth.taken, 'journalCapacity', truth.capacity,
      'journalReserved', truth.held, 'journalIssued', truth.taken));
  insert into ticketing.journal (
    event_id, occurred_at, kind, tier_id, pool_id, capacity_delta, reserved_delta, issued_delta, actor)
  select set_counter.event_id, set_counter.moment, 'repair', set_counter.tier_id, set_counter.pool_id,
    truth.capacity - truth.journal_capacity, truth.held - truth.journal_reserved, truth.taken - truth.journal_issued,
    set_counter.actor
  where (truth.capacity, truth.held, truth.taken)
    <> (truth.journal_capacity, truth.journal_reserved, truth.journal_issued);
  if (truth.reserved, truth.issued) <> (truth.held, truth.taken) and truth.held + truth.taken > truth.capacity then
    raise exception 'the truth of the counter has no room: % held and % taken of %', truth.held, truth.taken,
      truth.capacity using errcode = '23514', constraint = 'counter_repair_has_room';
  end if;
  update ticketing.tier_inventory i set reserved = truth.held, issued = truth.taken
  where i.event_id = set_counter.event_id and i.tier_id = set_counter.tier_id
    and (i.reserved, i.issued) <> (truth.held, truth.taken);
  update ticketing.pool_inventory i set reserved = truth.held, issued = truth.taken
  where i.event_id = set_counter.event_id and i.pool_id = set_counter.pool_id
    and (i.reserved, i.issued) <> (truth.held, truth.taken);
  return true;
end
$$;

revoke execute on function ticketing.set_counter from public;
