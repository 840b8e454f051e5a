-- `lost` where the lease went to another worker meanwhile.
create or replace function venuekit.finish_message(message_id uuid, worker text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.outbox m set status = 'sent', sent_at = moment, leased_until = null
  where m.message_id = finish_message.message_id and m.leased_by = finish_message.worker and m.status = 'waiting';
  return jsonb_build_object('outcome', case when found then 'sent' else 'lost' end);
end
$$;

revoke execute on function venuekit.finish_message from public;
grant execute on function venuekit.finish_message to venuekit_app;
