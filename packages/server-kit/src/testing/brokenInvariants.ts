import type { OwnerConnection } from '../ports/database.ts'

/** A query for what must not be: each row is one breach, as text. Named by the promise that it breaks. */
const capacityChecks: Record<string, string> = {
  'reserved + issued <= capacity, and neither is negative': `
    select format('%s %s: %s reserved + %s issued of %s', kind, id, reserved, issued, capacity) as breach
    from (
      select 'tier' as kind, tier_id as id, reserved, issued, capacity from ticketing.tier_inventory
      union all select 'pool', pool_id, reserved, issued, capacity from ticketing.pool_inventory
    ) c
    where reserved < 0 or issued < 0 or reserved + issued > capacity`,
  'counters are what the order lines say': `
    with said as (
      select event_id, 'tier' as kind, tier_id as id, counted_as, quantity, returned from ticketing.order_items
      union all
      select event_id, 'pool', pool_id, counted_as, quantity, returned from ticketing.order_items
      where pool_id is not null
    ), sums as (
      select event_id, kind, id,
        coalesce(sum(quantity) filter (where counted_as = 'reserved'), 0) as reserved,
        coalesce(sum(quantity - returned) filter (where counted_as = 'issued'), 0) as issued
      from said group by 1, 2, 3
    ), counters as (
      select event_id, 'tier' as kind, tier_id as id, reserved, issued from ticketing.tier_inventory
      union all select event_id, 'pool', pool_id, reserved, issued from ticketing.pool_inventory
    )
    select format('%s %s counts %s/%s, its lines say %s/%s', c.kind, c.id, c.reserved, c.issued,
      coalesce(s.reserved, 0), coalesce(s.issued, 0)) as breach
    from counters c left join sums s using (event_id, kind, id)
    where c.reserved <> coalesce(s.reserved, 0) or c.issued <> coalesce(s.issued, 0)`,
  'counters are the sum of the journal': `
    with sums as (
      select event_id, tier_id, pool_id, sum(capacity_delta) as capacity, sum(reserved_delta) as reserved,
        sum(issued_delta) as issued
      from ticketing.journal where payment_id is null group by 1, 2, 3
    ), counters as (
      select event_id, tier_id, null::uuid as pool_id, capacity, reserved, issued from ticketing.tier_inventory
      union all select event_id, null, pool_id, capacity, reserved, issued from ticketing.pool_inventory
    )
    select format('%s counts %s/%s of %s, its journal says %s/%s of %s', coalesce(c.tier_id, c.pool_id), c.reserved,
      c.issued, c.capacity, s.reserved, s.issued, s.capacity) as breach
    from counters c
    left join sums s on s.event_id = c.event_id
      and (s.tier_id, s.pool_id) is not distinct from (c.tier_id, c.pool_id)
    where c.capacity <> coalesce(s.capacity, 0) or c.reserved <> coalesce(s.reserved, 0)
      or c.issued <> coalesce(s.issued, 0)`,
  'lines count as their order stands': `
    select format('order %s is %s, its line %s counts as %s', o.order_id, o.status, i.line, i.counted_as) as breach
    from ticketing.orders o join ticketing.order_items i using (event_id, order_id)
    where case
      when o.status in ('reserved', 'expiring', 'payment_pending') then i.counted_as <> 'reserved'
      when o.status = 'fulfilled' then i.counted_as <> 'issued'
      when o.status in ('expired', 'cancelled', 'refund_due') then i.counted_as <> 'none'
      when o.status = 'refunded' then i.counted_as = 'reserved'
      else i.counted_as = 'issued'
    end`,
}

const ticketChecks: Record<string, string> = {
  'every place of a fulfilled order has its ticket, and no other place has one': `
    select format('order %s, %s, line %s: %s of %s tickets', o.order_id, o.status, i.line, count(k.ticket_id), i.quantity)
      as breach
    from ticketing.orders o join ticketing.order_items i using (event_id, order_id)
    left join ticketing.tickets k using (event_id, order_id, line)
    group by o.event_id, o.order_id, o.status, o.fulfilled_at, i.line, i.quantity
    having count(k.ticket_id) <> case when o.fulfilled_at is null then 0 else i.quantity end
      or (o.status = 'fulfilled' and o.fulfilled_at is null)`,
  'a place is given back for each void ticket': `
    select format('order %s, line %s: %s returned, %s void', i.order_id, i.line, i.returned,
      count(*) filter (where k.status = 'void')) as breach
    from ticketing.order_items i left join ticketing.tickets k using (event_id, order_id, line)
    group by i.event_id, i.order_id, i.line, i.returned
    having i.returned <> count(*) filter (where k.status = 'void')`,
  'a ticket that admits is paid for by one applied payment, or cost nothing': `
    select format('order %s (%s): %s tickets admit, %s payments are applied', o.order_id, o.status,
      (select count(*) from ticketing.tickets k where k.event_id = o.event_id and k.order_id = o.order_id
        and k.status <> 'void'),
      (select count(*) from ticketing.payments p where p.event_id = o.event_id and p.order_id = o.order_id
        and p.status = 'applied')) as breach
    from ticketing.orders o
    where o.total_minor > 0
      and exists (
        select from ticketing.tickets k where k.event_id = o.event_id and k.order_id = o.order_id
          and k.status <> 'void')
      and (o.status <> 'fulfilled' or not exists (
        select from ticketing.payments p where p.event_id = o.event_id and p.order_id = o.order_id
          and p.status = 'applied'))`,
  'an applied payment has its fulfilled order': `
    select format('payment %s is applied, its order %s is %s', p.payment_id, o.order_id, o.status) as breach
    from ticketing.payments p join ticketing.orders o using (event_id, order_id)
    where p.status = 'applied' and o.status <> 'fulfilled'`,
  'money owed to a buyer has a payment that says so': `
    select format('order %s is refund_due, none of its payments is', o.order_id) as breach
    from ticketing.orders o
    where o.status = 'refund_due' and not exists (
      select from ticketing.payments p where p.event_id = o.event_id and p.order_id = o.order_id
        and p.status in ('refund_due', 'needs_review'))`,
  'a blocked ticket waits for a refund that is under way': `
    select format('ticket %s is blocked by no refund', k.ticket_id) as breach
    from ticketing.tickets k
    where k.status = 'blocked' and not exists (
      select from ticketing.refund_tickets rt join ticketing.refunds r using (event_id, order_id, refund_id)
      where (rt.event_id, rt.order_id, rt.line, rt.ordinal) = (k.event_id, k.order_id, k.line, k.ordinal)
        and r.status in ('requested', 'unknown', 'pending'))`,
  'a ticket is admitted once at most': `
    select format('ticket %s is admitted %s times', c.ticket_id, count(*)) as breach
    from ticketing.check_ins c
    where c.outcome = 'admitted' and c.undone_at is null
    group by c.event_id, c.ticket_id having count(*) > 1`,
}

const moneyChecks: Record<string, string> = {
  'what a payment says of its refunds is what they say': `
    select format('payment %s: %s refunded and %s on the way, its refunds say %s and %s', p.payment_id,
      p.refunded_minor, p.refund_reserved_minor, coalesce(r.refunded, 0), coalesce(r.reserved, 0)) as breach
    from ticketing.payments p
    left join lateral (
      select sum(f.amount_minor) filter (where f.status = 'succeeded') as refunded,
        sum(f.amount_minor) filter (where f.status in ('requested', 'unknown', 'pending')) as reserved
      from ticketing.refunds f where f.event_id = p.event_id and f.payment_id = p.payment_id
    ) r on true
    where p.refunded_minor <> coalesce(r.refunded, 0) or p.refund_reserved_minor <> coalesce(r.reserved, 0)`,
  'refunds never exceed their payment, and a refunded one is refunded whole, or lost to the bank of its buyer': `
    select format('payment %s (%s): %s + %s of %s', p.payment_id, p.status, p.refunded_minor, p.refund_reserved_minor,
      p.amount_minor) as breach
    from ticketing.payments p
    where p.refunded_minor + p.refund_reserved_minor > p.amount_minor
      or (p.status = 'refunded' and p.amount_minor > p.refunded_minor + (
        select coalesce(sum(d.counted_minor), 0) from ticketing.disputes d
        where d.event_id = p.event_id and d.payment_id = p.payment_id and d.state = 'lost'))`,
  'the journal of a payment is what is left of it': `
    select format('payment %s: its journal says %s, left are %s', p.payment_id, coalesce(j.money, 0),
      p.amount_minor - p.refunded_minor - coalesce(d.disputed, 0)) as breach
    from ticketing.payments p
    left join lateral (
      select sum(e.money_delta_minor) as money from ticketing.journal e
      where e.event_id = p.event_id and e.payment_id = p.payment_id
    ) j on true
    left join lateral (
      select sum(x.counted_minor) as disputed from ticketing.disputes x
      where x.event_id = p.event_id and x.payment_id = p.payment_id
    ) d on true
    where coalesce(j.money, 0) <> p.amount_minor - p.refunded_minor - coalesce(d.disputed, 0)`,
}

/** Each promise, and the query whose rows (`breach`, text) break it. */
export const invariantQueries: Readonly<Record<string, string>> = { ...capacityChecks, ...ticketChecks, ...moneyChecks }

/** Everything in the database that breaks a promise, one line a breach; empty when all is well. */
export const brokenInvariants = async (connection: OwnerConnection): Promise<string[]> => {
  const broken: string[] = []
  for (const [promise, sql] of Object.entries(invariantQueries)) {
    const rows = await connection.query<{ breach: string }>(sql)
    broken.push(...rows.map(({ breach }) => `${promise}: ${breach}`))
  }
  return broken
}
