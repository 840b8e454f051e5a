-- Whether somebody came in with one of these tickets.
create or replace function ticketing.has_checked_in(event_id uuid, ticket_ids uuid[]) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select from ticketing.check_ins c
    where c.event_id = has_checked_in.event_id and c.ticket_id = any (has_checked_in.ticket_ids)
      and c.outcome = 'admitted' and c.undone_at is null)
$$;

revoke execute on function ticketing.has_checked_in from public;
