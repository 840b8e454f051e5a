-- Orders that do not have what they bought, or have what they did not buy, and lines that count otherwise than their
-- order stands. An order without tickets that also shows no payment, such as a test by the house, is told and skipped:
-- nobody is owed anything.
create or replace function ticketing.find_order_faults(event_id uuid) returns setof ticketing.finding
language sql stable security definer set search_path = ''
as $$
  with made as materialized (
    select k.order_id, k.line, count(*) as tickets, count(*) filter (where k.status = 'void') as void
    from ticketing.tickets k
    where k.event_id = find_order_faults.event_id
    group by k.order_id, k.line
  ), bought as materialized (
    select o.order_id, o.status, o.total_minor, o.currency, o.fulfilled_at, o.buyer_email,
      sum(i.quantity) as places, coalesce(sum(m.tickets), 0) as tickets,
      coalesce(sum(m.tickets - m.void), 0) as admitting,
      count(*) filter (where case
        when o.status in ('reserved', 'expiring', 'payment_pending') then i.counted_as <> 'reserved'
        when o.status = 'fulfilled' then i.counted_as <> 'issued'
        when o.status in ('expired', 'cancelled', 'refund_due') then i.counted_as = 'issued'
        when o.status = 'needs_review' then i.counted_as = 'issued'
        else false
      end) as misplaced,
      sum(abs(i.returned - coalesce(m.void, 0))) as misreturned,
      bool_or(i.line is null) as empty
    from ticketing.orders o
    left join ticketing.order_items i on i.event_id = o.event_id and i.order_id = o.order_id
      and i.event_id = find_order_faults.event_id
    left join made m on m.order_id = i.order_id and m.line = i.line
    where o.event_id = find_order_faults.event_id
    group by o.order_id, o.status, o.total_minor, o.currency, o.fulfilled_at, o.buyer_email
  ), judged as materialized (
    select b.*, p.payment_id, p.amount_minor as paid_minor
    from bought b
    left join ticketing.payments p on p.event_id = find_order_faults.event_id and p.order_id = b.order_id
      and p.status = 'applied'
  )
  select f.kind, find_order_faults.event_id, null::uuid, null::uuid, j.order_id, null::text, f.amount, f.numbers,
    f.sentence, f.skipped
  from judged j
  cross join lateral (
    select 'paid_without_tickets' as kind, 1 as amount,
      jsonb_build_object('places', j.places, 'tickets', j.tickets, 'amountMinor', j.paid_minor, 'currency', j.currency,
        'status', j.status) as numbers,
      format('Order %s is paid (%s %s in minor units) and %s, but has %s of its %s tickets.', j.order_id, j.paid_minor,
        j.currency, j.status, j.tickets, j.places) as sentence,
      false as skipped
    where j.payment_id is not null and (j.status <> 'fulfilled' or j.tickets < j.places)
    union all
    select 'free_without_tickets', 1, jsonb_build_object('places', j.places, 'tickets', j.tickets),
      format('Order %s costs nothing and is fulfilled, but has %s of its %s tickets.', j.order_id, j.tickets, j.places),
      false
    where j.status = 'fulfilled' and j.total_minor = 0 and j.payment_id is null and j.tickets < j.places
    union all
    select 'tickets_without_payment', 1,
      jsonb_build_object('tickets', j.admitting, 'totalMinor', j.total_minor, 'currency', j.currency,
        'status', j.status),
      format('Order %s (%s) has %s tickets that admit, but no payment stands for them.', j.order_id, j.status,
        j.admitting),
      false
    where j.admitting > 0 and (j.status <> 'fulfilled' or (j.total_minor > 0 and j.payment_id is null))
    union all
    select 'fulfilled_without_payment', 0,
      jsonb_build_object('places', j.places, 'totalMinor', j.total_minor, 'currency', j.currency),
      format('Order %s is called fulfilled, but shows neither payment nor tickets: a test, skipped.', j.order_id), true
    where j.status = 'fulfilled' and j.total_minor > 0 and j.payment_id is null and j.tickets = 0
    union all
    select 'line_drift', 1,
      jsonb_build_object('status', j.status, 'misplacedLines', j.misplaced, 'misreturnedPlaces', j.misreturned),
      case when j.empty then format('Order %s (%s) has no lines.', j.order_id, j.status)
      else format(
        'Order %s is %s, but %s of its lines count otherwise, and %s of its places are given back or not against its void tickets.',
        j.order_id, j.status, j.misplaced, j.misreturned) end,
      false
    where j.empty or j.misreturned > 0
      -- Where tickets are missing, issuing them puts the lines right as well.
      or (j.misplaced > 0 and (j.status <> 'fulfilled' or j.tickets >= j.places))
  ) f
  order by f.kind, j.order_id
$$;

revoke execute on function ticketing.find_order_faults from public;
grant execute on function ticketing.find_order_faults to venuekit_ops;
