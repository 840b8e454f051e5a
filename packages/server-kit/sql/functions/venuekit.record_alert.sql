-- Notes that something needs a person, by its fingerprint; every sink is owed a message. Durable.
-- What lasts stays open until it is resolved and may open anew after that: the next episode. What happened `once` is over
-- at once, and the same fingerprint tells of nothing new. `owed` where this changed what sinks must be told; without
-- `tell` it is only kept, and what lasts is told of once it is heard of with it.
create or replace function venuekit.record_alert(
  fingerprint text, kind text, detail jsonb, once boolean, tell boolean default true
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  noted venuekit.alerts;
  fresh boolean;
  moment timestamptz := venuekit.clock();
  told_of integer := coalesce((record_alert.detail ->> 'amount')::integer, 1);
begin
  perform venuekit.commit_durably();
  insert into venuekit.alerts as a (fingerprint, kind, detail, once, told, amount, raised_at, seen_at, resolved_at)
  values (
    record_alert.fingerprint, record_alert.kind, record_alert.detail, record_alert.once, record_alert.tell, told_of,
    moment, moment, case when record_alert.once then moment end
  )
  on conflict on constraint alerts_key do update
  set seen_at = excluded.seen_at, seen_count = a.seen_count + 1
  returning * into noted;
  fresh := noted.seen_count = 1;
  if not fresh and not record_alert.once then
    fresh := noted.resolved_at is not null or told_of > noted.amount or not noted.told;
    moment := venuekit.clock();
    update venuekit.alerts a
    set kind = record_alert.kind, detail = record_alert.detail, amount = told_of, once = false, resolved_at = null,
      told = record_alert.tell or (a.told and a.resolved_at is null),
      episode = case when a.resolved_at is null then a.episode else a.episode + 1 end,
      raised_at = case when a.resolved_at is null then a.raised_at else moment end
    where a.fingerprint = noted.fingerprint
    returning * into noted;
  end if;
  fresh := fresh and record_alert.tell;
  if fresh then
    perform venuekit.owe_alerts(array[noted.fingerprint], moment);
  end if;
  return jsonb_build_object(
    'raisedAt', venuekit.iso(noted.raised_at), 'seenCount', noted.seen_count, 'owed', fresh);
end
$$;

revoke execute on function venuekit.record_alert from public;
grant execute on function venuekit.record_alert to venuekit_app;
