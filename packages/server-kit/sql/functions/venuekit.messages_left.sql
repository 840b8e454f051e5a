-- How many more messages of one kind a sink may get now, beside those that are on their way, so that it gets no more than
-- so many in five minutes; where there is none left, from when on it may.
create or replace function venuekit.messages_left(
  sink text, kind text, under_way integer, burst_messages integer, moment timestamptz,
  out messages integer, out from_when timestamptz
)
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  burst constant interval := '5 minutes';
  sent timestamptz[] := array(
    select distinct d.sent_at from venuekit.alert_deliveries d
    join venuekit.alerts a on a.fingerprint = d.fingerprint and a.kind = messages_left.kind
    where d.sink = messages_left.sink and d.sent_at > moment - burst
    order by d.sent_at);
begin
  messages := burst_messages - under_way - cardinality(sent);
  if messages < 1 then
    from_when := coalesce(sent[1 - messages], moment) + burst;
  end if;
end
$$;

revoke execute on function venuekit.messages_left from public;
