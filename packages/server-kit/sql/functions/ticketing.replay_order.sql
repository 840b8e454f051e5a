-- A completion of a fulfilled order: issues what is missing, which is how repair works. Where that takes places which
-- the counters do not have, nothing changes and it asks for review: an oversold tier never mends itself.
create or replace function ticketing.replay_order(
  bought ticketing.orders, source jsonb, moment timestamptz, out outcome text, out reason text
)
language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform ticketing.issue_order(bought, false, source, moment);
  outcome := 'replayed';
exception when sqlstate 'VK001' then
  outcome := 'needs_review';
  reason := 'no_room';
end
$$;

revoke execute on function ticketing.replay_order from public;
