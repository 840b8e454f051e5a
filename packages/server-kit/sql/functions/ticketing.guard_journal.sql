-- Of the journal and of what else is only ever added to.
create or replace function ticketing.guard_journal() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  raise exception '% is append-only: add an entry that says the opposite', tg_relid::regclass
    using errcode = '23514', constraint = tg_name;
end
$$;

create or replace trigger journal_append_only before update or delete or truncate on ticketing.journal
for each statement execute function ticketing.guard_journal();

create or replace trigger event_changes_append_only before update or delete or truncate on ticketing.event_changes
for each statement execute function ticketing.guard_journal();

revoke execute on function ticketing.guard_journal from public;
