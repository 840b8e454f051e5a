-- The tickets of an event that not every code of admits, by id; the cursor is the last one's. One that changes between
-- two pages may be missed: it stands in the next reading of the list.
create or replace function ticketing.list_revocations(event_id uuid, cursor text, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  after_id uuid := '00000000-0000-0000-0000-000000000000';
  ids uuid[];
begin
  if not exists (select from ticketing.events e where e.event_id = list_revocations.event_id) then
    return jsonb_build_object('outcome', 'not_found');
  elsif list_revocations.cursor is not null then
    if list_revocations.cursor !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
      return jsonb_build_object('outcome', 'bad_cursor');
    end if;
    after_id := list_revocations.cursor;
  end if;
  select array_agg(f.ticket_id) into ids
  from (
    select k.ticket_id from ticketing.tickets k
    where k.event_id = list_revocations.event_id and k.ticket_id > after_id
      and (k.status <> 'valid' or k.code_version > 1)
    order by k.ticket_id
    limit list_revocations.page_size + 1
  ) f;
  return jsonb_build_object(
    'outcome', 'found',
    'items', coalesce((
      select jsonb_agg(
        jsonb_build_object('ticketId', k.ticket_id, 'status', k.status, 'codeVersion', k.code_version)
        order by k.ticket_id)
      from ticketing.tickets k
      where k.event_id = list_revocations.event_id and k.ticket_id = any (ids[:list_revocations.page_size])
        and k.ordinal > 0
    ), '[]'),
    'nextCursor', case when cardinality(ids) > list_revocations.page_size then ids[list_revocations.page_size]::text end);
end
$$;

revoke execute on function ticketing.list_revocations from public;
grant execute on function ticketing.list_revocations to venuekit_app;
