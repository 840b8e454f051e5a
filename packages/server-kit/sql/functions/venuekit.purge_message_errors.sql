-- What mail servers said about messages that went out in the end so long ago: they like to repeat the address. The
-- row stays, so that no mail goes out twice; it holds no text of the mail. Durable.
create or replace function venuekit.purge_message_errors(days integer, max_rows integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  kept_from timestamptz := venuekit.clock() - purge_message_errors.days * interval '1 day';
  removed integer;
begin
  perform venuekit.commit_durably();
  update venuekit.outbox m set last_error = null
  from (
    select d.message_id from venuekit.outbox d
    where d.status = 'sent' and d.last_error is not null and d.sent_at < kept_from
    order by d.sent_at
    limit purge_message_errors.max_rows
    for update skip locked
  ) old
  where m.message_id = old.message_id;
  get diagnostics removed = row_count;
  return jsonb_build_object('removed', removed);
end
$$;

revoke execute on function venuekit.purge_message_errors from public;
grant execute on function venuekit.purge_message_errors to venuekit_app;
