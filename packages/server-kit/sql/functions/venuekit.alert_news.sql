-- What a sink must be told next of an alert, and from when on; nothing where `news` is null.
-- One message an opening, and none for one that came and went within the cool-down; while it is open another one when it
-- grew, and one that reminds; once it is over a resolved message, if the sink was told that it is open. An opening that nobody is to hear of brings
-- no more than the end of the one before.
create or replace function venuekit.alert_news(
  alert venuekit.alerts, delivery venuekit.alert_deliveries, cool_down interval, remind interval,
  out news text, out from_when timestamptz
)
language plpgsql immutable security definer set search_path = ''
as $$
declare
  rested timestamptz := delivery.told_at + cool_down;
  is_over boolean := alert.resolved_at is not null;
begin
  if not alert.told then
    news := case when is_over and delivery.told = 'raised' then 'resolved' end;
    from_when := alert.resolved_at;
  elsif delivery.told is null then
    news := 'raised';
    from_when := alert.raised_at;
  elsif alert.once then
    return;
  elsif delivery.told_episode < alert.episode and (not is_over or alert.resolved_at >= rested) then
    news := 'raised';
    from_when := greatest(alert.raised_at, rested);
  elsif is_over then
    news := case delivery.told when 'raised' then 'resolved' end;
    from_when := alert.resolved_at;
  elsif alert.amount > delivery.told_amount then
    news := 'grown';
    from_when := rested;
  elsif remind is not null then
    news := 'reminder';
    from_when := delivery.told_at + remind;
  end if;
end
$$;

revoke execute on function venuekit.alert_news from public;
