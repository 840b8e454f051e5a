-- Notes that something needs a person, once by fingerprint; one that was resolved opens again. Durable.
-- `send` is true to one caller per opening: that one tells the sink.
create or replace function venuekit.record_alert(fingerprint text, kind text, detail jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  noted venuekit.alerts;
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  insert into venuekit.alerts as a (fingerprint, kind, detail, raised_at, seen_at, sent_at)
  values (record_alert.fingerprint, record_alert.kind, record_alert.detail, moment, moment, moment)
  on conflict on constraint alerts_key do update
  set kind = excluded.kind, detail = excluded.detail, seen_at = excluded.seen_at, seen_count = a.seen_count + 1,
    raised_at = case when a.resolved_at is null then a.raised_at else excluded.raised_at end,
    sent_at = case when a.resolved_at is null and a.sent_at is not null then a.sent_at else excluded.sent_at end,
    resolved_at = null
  returning * into noted;
  return jsonb_build_object(
    'send', noted.sent_at = moment, 'raisedAt', venuekit.iso(noted.raised_at), 'seenCount', noted.seen_count);
end
$$;

revoke execute on function venuekit.record_alert from public;
grant execute on function venuekit.record_alert to venuekit_app;
