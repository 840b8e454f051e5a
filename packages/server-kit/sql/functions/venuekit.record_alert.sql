-- Notes that something needs a person, once by fingerprint; it waits until a sink has taken it. Durable.
-- What lasts stays open until `resolve_alert`, and is told of anew when it comes back after that. What happened `once`
-- is over at once, and the same fingerprint tells of nothing new.
create or replace function venuekit.record_alert(fingerprint text, kind text, detail jsonb, once boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  noted venuekit.alerts;
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  insert into venuekit.alerts as a (fingerprint, kind, detail, raised_at, seen_at, due_at, resolved_at)
  values (
    record_alert.fingerprint, record_alert.kind, record_alert.detail, moment, moment, moment,
    case when record_alert.once then moment end
  )
  on conflict on constraint alerts_key do update
  set seen_at = excluded.seen_at, seen_count = a.seen_count + 1
  returning * into noted;
  if noted.resolved_at is not null and not record_alert.once then
    update venuekit.alerts a
    set raised_at = moment, resolved_at = null, sent_at = null, due_at = moment, tries = 0, leased_by = null,
      leased_until = null, last_error = null
    where a.fingerprint = noted.fingerprint
    returning * into noted;
  end if;
  update venuekit.alerts a set kind = record_alert.kind, detail = record_alert.detail
  where a.fingerprint = noted.fingerprint and a.sent_at is null
    and (a.kind <> record_alert.kind or a.detail <> record_alert.detail);
  return jsonb_build_object(
    'raisedAt', venuekit.iso(noted.raised_at), 'seenCount', noted.seen_count, 'sent', noted.sent_at is not null);
end
$$;

revoke execute on function venuekit.record_alert from public;
grant execute on function venuekit.record_alert to venuekit_app;
