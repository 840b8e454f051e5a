-- What waits: gateway events, messages, money on its way back. Each count reads an index of what waits alone.
create or replace function venuekit.read_queues() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  return jsonb_build_object(
    'inbox', (
      select jsonb_build_object(
        'waiting', count(*), 'oldestWaitingAt', venuekit.iso(min(w.received_at)),
        'dead', (select count(*) from venuekit.webhooks d where d.status = 'dead'),
        'orphanPayments', (
          select count(*) from venuekit.orphan_payments o where o.status in ('waiting', 'review', 'refunding')),
        'lastHandledAt', (select venuekit.iso(max(h.finished_at)) from venuekit.webhooks h where h.status = 'done'))
      from venuekit.webhooks w where w.status = 'pending'
    ),
    'outbox', (
      select jsonb_build_object(
        'waiting', count(*) filter (where m.status = 'waiting'), 'dead', count(*) filter (where m.status = 'dead'),
        'oldestWaitingAt', venuekit.iso(min(m.created_at) filter (where m.status = 'waiting')),
        'lastSentAt', (select venuekit.iso(max(s.sent_at)) from venuekit.outbox s where s.status = 'sent'))
      from venuekit.outbox m where m.status <> 'sent'
    ),
    'refunds', (
      select jsonb_build_object(
        'underWay', count(*), 'oldestAt', venuekit.iso(min(r.requested_at)),
        'needReview', (select count(*) from ticketing.refunds v where v.status = 'needs_review'),
        'amounts', coalesce((
          select jsonb_agg(jsonb_build_object('amountMinor', a.amount, 'currency', a.currency) order by a.currency)
          from (
            select u.currency, sum(u.amount_minor) as amount from ticketing.refunds u
            where u.status in ('requested', 'unknown', 'pending') group by u.currency
          ) a
        ), '[]'))
      from ticketing.refunds r where r.status in ('requested', 'unknown', 'pending')
    ));
end
$$;

revoke execute on function venuekit.read_queues from public;
