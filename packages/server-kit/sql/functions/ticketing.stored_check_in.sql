-- What the door was told under this nonce, if it asks about the same code again. The buyer's name is not stored a
-- second time: it is added here.
create or replace function ticketing.stored_check_in(
  earlier ticketing.check_ins, ticket_id uuid, code_version integer, holder text
) returns jsonb
language sql immutable security definer set search_path = ''
as $$
  select case
    when (earlier.ticket_id, earlier.code_version) = (stored_check_in.ticket_id, stored_check_in.code_version)
      then jsonb_set(earlier.answer, '{ticket,holder}', to_jsonb(stored_check_in.holder))
    else jsonb_build_object('outcome', 'nonce_reused')
  end
$$;

revoke execute on function ticketing.stored_check_in from public;
