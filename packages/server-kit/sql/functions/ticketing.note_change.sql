-- Notes which columns of an event or tier somebody changed; nothing where none did.
create or replace function ticketing.note_change(
  event_id uuid, tier_id uuid, actor text, before jsonb, after jsonb, moment timestamptz
) returns void
language sql volatile security definer set search_path = ''
as $$
  insert into ticketing.event_changes (event_id, changed_at, actor, tier_id, before, after)
  select note_change.event_id, note_change.moment, note_change.actor, note_change.tier_id,
    jsonb_object_agg(a.key, note_change.before -> a.key), jsonb_object_agg(a.key, a.value)
  from jsonb_each(note_change.after) as a
  where a.value is distinct from note_change.before -> a.key
  having count(*) > 0
$$;

revoke execute on function ticketing.note_change from public;
