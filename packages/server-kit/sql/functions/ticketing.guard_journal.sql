create or replace function ticketing.guard_journal() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  raise exception 'the journal is append-only: add an entry that says the opposite'
    using errcode = '23514', constraint = 'journal_append_only';
end
$$;

create or replace trigger journal_append_only before update or delete or truncate on ticketing.journal
for each statement execute function ticketing.guard_journal();

revoke execute on function ticketing.guard_journal from public;
