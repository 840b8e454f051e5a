-- Findings added up by kind; a kind with nothing wrong stands there as 0.
create or replace function ticketing.findings_to_parts(findings ticketing.finding[]) returns jsonb
language sql immutable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'ghost_reservations', 0, 'overdue_reservations', 0, 'paid_without_tickets', 0, 'free_without_tickets', 0,
    'tickets_without_payment', 0, 'oversold_tiers', 0, 'oversold_pools', 0, 'counter_drift', 0, 'journal_drift', 0,
    'line_drift', 0, 'stuck_refunds', 0, 'waiting_reviews', 0, 'unsent_messages', 0
  ) || coalesce((
    select jsonb_object_agg(s.kind, s.amount)
    from (
      select f.kind, least(sum(f.amount), 2147483647)::integer as amount
      from unnest(findings) as f
      where not f.skipped
      group by f.kind
    ) s
  ), '{}')
$$;

revoke execute on function ticketing.findings_to_parts from public;
