-- Durable. `note` says what was done, or why nothing was. Also ends one that was given up, should it succeed after all.
create or replace function venuekit.finish_webhook(account text, gateway_event_id text, note text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.webhooks w set status = 'done', finished_at = moment, note = finish_webhook.note
  where w.account = finish_webhook.account and w.gateway_event_id = finish_webhook.gateway_event_id
    and w.status <> 'done';
  return jsonb_build_object('outcome', 'done');
end
$$;

revoke execute on function venuekit.finish_webhook from public;
grant execute on function venuekit.finish_webhook to venuekit_app;
