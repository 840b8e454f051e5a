-- Checkouts that ended at least so long ago, paid or not, and since whose beginning no webhook came at all: the gateway
-- tells of each end, so one that was paid is proof, and several that only ran out are. While nothing is sold nothing
-- ends, and silence is what is to be expected.
create or replace function venuekit.silent_checkouts(silence_seconds integer, moment timestamptz) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  last_at timestamptz;
begin
  select max(w.received_at) into last_at from venuekit.webhooks w;
  return (
    select jsonb_build_object(
      'paid', count(*) filter (where a.close_reason = 'paid'), 'ended', count(*),
      'lastWebhookSeconds', floor(extract(epoch from moment - last_at))::bigint)
    from ticketing.attempts a
    where a.closed_at between moment - interval '1 day' and moment - silence_seconds * interval '1 second'
      and a.session_id is not null and a.close_reason in ('paid', 'expired')
      and a.begun_at > coalesce(last_at, '-infinity'));
end
$$;

revoke execute on function venuekit.silent_checkouts from public;
