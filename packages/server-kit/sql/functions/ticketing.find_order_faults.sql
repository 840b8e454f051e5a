-- Orders of some events that do not have what they bought, or have what they did not buy, lines that count otherwise
-- than their order stands or do not add up to what it costs, and money that is owed by a word alone. An order without
-- tickets that also shows no payment, such as a test by the house, is told and skipped: nobody is owed anything. Of all
-- orders, or of those named. A line with a ticket beyond its places is judged otherwise once a person has seen to that.
create or replace function ticketing.find_order_faults(event_ids uuid[], order_ids uuid[])
returns setof ticketing.finding
-- Planned for its arguments each time: very many orders, one event's and a few want different ways.
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_custom_plan'
set work_mem = '32MB'
as $$
#variable_conflict use_column
begin
  return query
  with made as (
    select k.event_id, k.order_id, k.line, count(*)::integer as tickets,
      count(*) filter (where k.status = 'void')::integer as void, max(k.ordinal) as last_ordinal,
      max(k.ordinal) filter (where k.status <> 'void') as last_admitting
    from ticketing.tickets k
    where k.event_id = any (find_order_faults.event_ids)
      and (find_order_faults.order_ids is null or k.order_id = any (find_order_faults.order_ids))
    group by k.event_id, k.order_id, k.line
  ), lines as (
    select i.event_id, i.order_id, i.quantity, i.total_minor as line_minor, i.counted_as,
      coalesce(m.tickets, 0) as tickets, greatest(i.quantity - coalesce(m.tickets, 0), 0) as missing,
      coalesce(m.tickets - m.void, 0) as admitting, coalesce(m.last_admitting > i.quantity, false) as is_overfull,
      case when m.last_ordinal > i.quantity then 0 else abs(i.returned - coalesce(m.void, 0)) end as misreturned
    from ticketing.order_items i
    left join made m on m.event_id = i.event_id and m.order_id = i.order_id and m.line = i.line
    where i.event_id = any (find_order_faults.event_ids)
      and (find_order_faults.order_ids is null or i.order_id = any (find_order_faults.order_ids))
  ), judged as (
    select o.event_id, o.order_id, o.status, o.total_minor, o.currency, p.payment_id, p.amount_minor as paid_minor, l.*
    from ticketing.orders o
    left join (
      select l.event_id as line_event_id, l.order_id as line_order_id, sum(l.quantity)::integer as places,
        sum(l.tickets)::integer as tickets, sum(l.missing)::integer as missing, sum(l.admitting)::integer as admitting,
        bool_or(l.is_overfull) as is_overfull, sum(l.misreturned)::integer as misreturned, sum(l.line_minor) as lines_minor,
        count(*) filter (where l.counted_as = 'reserved')::integer as counted_reserved,
        count(*) filter (where l.counted_as = 'issued')::integer as counted_issued, count(*)::integer as line_count
      from lines l group by l.event_id, l.order_id
    ) l on l.line_event_id = o.event_id and l.line_order_id = o.order_id
    left join ticketing.payments p on p.event_id = o.event_id and p.order_id = o.order_id and p.status = 'applied'
      and p.event_id = any (find_order_faults.event_ids)
      and (find_order_faults.order_ids is null or p.order_id = any (find_order_faults.order_ids))
    where o.event_id = any (find_order_faults.event_ids)
      and (find_order_faults.order_ids is null or o.order_id = any (find_order_faults.order_ids))
  ), suspects as (
    -- Most orders are well, and leave here.
    select j.*,
      case
        when j.status in ('reserved', 'expiring', 'payment_pending') then j.line_count - j.counted_reserved
        when j.status = 'fulfilled' then j.line_count - j.counted_issued
        -- What a dead order still counts as reserved is a ghost of its counter.
        when j.status <> 'refunded' then j.counted_issued
        else 0
      end as misplaced
    from judged j
    where j.line_count is null or j.misreturned > 0 or j.is_overfull or j.lines_minor <> j.total_minor
      or j.status = 'refund_due'
      or (j.status <> 'fulfilled' and (j.payment_id is not null or j.admitting > 0))
      or (j.status = 'fulfilled' and (
        j.missing > 0 or j.counted_issued < j.line_count or (j.total_minor > 0 and j.payment_id is null)))
      or (j.status in ('reserved', 'expiring', 'payment_pending') and j.counted_reserved < j.line_count)
      or (j.status not in ('fulfilled', 'refunded') and j.counted_issued > 0)
  )
  select f.kind, j.event_id, null::uuid, null::uuid, j.order_id, null::text, f.amount, f.numbers,
    f.sentence, f.skipped
  from suspects j
  cross join lateral (
    select 'paid_without_tickets' as kind, 1 as amount,
      jsonb_build_object('places', coalesce(j.places, 0), 'tickets', coalesce(j.places - j.missing, 0), 'amountMinor', j.paid_minor,
        'currency', j.currency, 'status', j.status) as numbers,
      format('Order %s is paid (%s %s in minor units) and %s, but has %s of its %s tickets.', j.order_id, j.paid_minor,
        j.currency, j.status, coalesce(j.places - j.missing, 0), coalesce(j.places, 0)) as sentence,
      false as skipped
    where j.payment_id is not null and (j.status <> 'fulfilled' or j.missing > 0 or j.line_count is null)
    union all
    select 'free_without_tickets', 1, jsonb_build_object('places', j.places, 'tickets', j.places - j.missing),
      format('Order %s costs nothing and is fulfilled, but has %s of its %s tickets.', j.order_id, j.places - j.missing,
        j.places),
      false
    where j.status = 'fulfilled' and j.total_minor = 0 and j.payment_id is null and j.missing > 0
    union all
    select 'tickets_without_payment', 1,
      jsonb_build_object('tickets', j.admitting, 'totalMinor', j.total_minor, 'currency', j.currency,
        'status', j.status),
      format('Order %s (%s) has %s tickets that admit, but no payment stands for them.', j.order_id, j.status,
        j.admitting),
      false
    where j.admitting > 0 and (j.status <> 'fulfilled' or (j.total_minor > 0 and j.payment_id is null))
    union all
    select 'tickets_without_payment', 1,
      jsonb_build_object('tickets', j.admitting, 'places', j.places, 'status', j.status),
      format('Order %s (%s) bought %s places, but has tickets that admit beyond those of a line: %s admit in all.',
        j.order_id, j.status, j.places, j.admitting),
      false
    where j.is_overfull and j.status = 'fulfilled' and (j.total_minor = 0 or j.payment_id is not null)
    union all
    select 'fulfilled_without_payment', 0,
      jsonb_build_object('places', j.places, 'totalMinor', j.total_minor, 'currency', j.currency),
      format('Order %s is called fulfilled, but shows neither payment nor tickets: a test, skipped.', j.order_id), true
    where j.status = 'fulfilled' and j.total_minor > 0 and j.payment_id is null and j.tickets = 0
    union all
    select 'line_drift', 1,
      jsonb_build_object('status', j.status, 'misplacedLines', j.misplaced, 'misreturnedPlaces', j.misreturned,
        'linesMinor', j.lines_minor, 'totalMinor', j.total_minor),
      case
        when j.line_count is null then format('Order %s (%s) has no lines.', j.order_id, j.status)
        when j.lines_minor <> j.total_minor then format(
          'Order %s (%s) costs %s %s in minor units, but its lines add up to %s.', j.order_id, j.status, j.total_minor,
          j.currency, j.lines_minor)
        else format(
          'Order %s is %s, but %s of its lines count otherwise, and %s of its places are given back or not against its void tickets.',
          j.order_id, j.status, j.misplaced, j.misreturned)
      end,
      false
    where j.line_count is null or j.misreturned > 0 or j.lines_minor <> j.total_minor
      -- Where tickets are missing, issuing them puts the lines right as well.
      or (j.misplaced > 0 and (j.status <> 'fulfilled' or j.missing = 0))
    union all
    select 'stuck_refunds', 1, jsonb_build_object('status', j.status, 'totalMinor', j.total_minor, 'currency', j.currency),
      format('Order %s (%s %s in minor units) is %s, but none of its payments is to go back.', j.order_id, j.total_minor,
        j.currency, j.status),
      false
    where j.status = 'refund_due' and not exists (
      select from ticketing.payments p
      where p.event_id = j.event_id and p.order_id = j.order_id and p.status in ('refund_due', 'needs_review'))
  ) f
  order by 2, 1, 5;
end
$$;

revoke execute on function ticketing.find_order_faults from public;
grant execute on function ticketing.find_order_faults to venuekit_ops;
