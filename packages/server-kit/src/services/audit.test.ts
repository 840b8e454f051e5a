import type { AdminEvent } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capacityConstraints } from '../migrations/restoreConstraints.ts'
import type { OwnerConnection, SqlResult } from '../ports/database.ts'
import { createOrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let show: AdminEvent
beforeAll(async () => {
  stage = await startTestKit()
  const desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  const poolId = crypto.randomUUID()
  show = await stage.createEvent({
    pools: [{ id: poolId, name: 'Hall', capacity: 50 }],
    tiers: [newTier({ poolId }), newTier({ name: 'RSVP', priceMinor: 0 })],
  })
  const [, free] = show.tiers
  stage.twin.control.pay(sessionOf(await desk.order(show, 2)))
  await desk.order(show, 3)
  await desk.send({ ...desk.cart(show), items: [{ tierId: free?.id, quantity: 1 }] })
  await stage.twin.control.settled()
  await stage.kit.drain()
}, 60_000)
afterAll(() => stage.close())

const wallsDown = [
  'alter table ticketing.orders disable trigger user; alter table ticketing.journal disable trigger user',
  'alter table ticketing.tickets disable trigger user',
  ...capacityConstraints.map(({ table, name }) => `alter table ${table} drop constraint ${name}`),
].join('; ')

/** Damages the database, asks, and takes it all back. */
const damaged = <Answer>(damage: string, ask: (connection: OwnerConnection) => Promise<Answer>): Promise<Answer> =>
  stage.database.withOwner(async connection => {
    await connection.exec(`begin; ${wallsDown}; ${damage}`)
    try {
      return await ask(connection)
    } finally {
      await connection.exec('rollback')
    }
  })

const kindsIn = async (connection: OwnerConnection): Promise<string[]> => {
  const rows = await connection.query<{ kind: string }>(
    'select distinct kind from ticketing.audits where not skipped order by kind',
  )
  return rows.map(({ kind }) => kind)
}

const paid = 'total_minor > 0 and fulfilled_at is not null'
const ofPaid = `order_id in (select order_id from ticketing.orders where ${paid})`
const ofFree = 'order_id in (select order_id from ticketing.orders where total_minor = 0)'
const held = "status = 'reserved'"
const ofHeld = `order_id in (select order_id from ticketing.orders where ${held})`
const refund = (status: string, hours: number) => `
  update ticketing.payments set refund_reserved_minor = ${status === 'needs_review' ? 0 : 100};
  insert into ticketing.refunds (event_id, refund_id, payment_id, order_id, amount_minor, currency, status, origin, requested_at)
  select event_id, gen_random_uuid(), payment_id, order_id, 100, 'USD', '${status}', 'admin', now() - ${hours} * interval '1 hour'
  from ticketing.payments limit 1`

test('a healthy system has no findings', async () => {
  expect(await stage.kit.audit()).toMatchObject({ eventsAudited: 1, events: [], inbox: [] })
})

/** Each damage, and all kinds that must be named, no other. */
const damages: [string, string[]][] = [
  ['update ticketing.tier_inventory set reserved = reserved + 5', ['ghost_reservations', 'journal_drift']],
  ['update ticketing.pool_inventory set reserved = reserved + 5', ['ghost_reservations', 'journal_drift']],
  [
    `delete from ticketing.attempts where ${ofHeld}; delete from ticketing.order_items where ${ofHeld};
     delete from ticketing.order_keys where ${ofHeld}; delete from ticketing.orders where ${held}`,
    ['ghost_reservations'],
  ],
  [`update ticketing.orders set status = 'expired' where ${held}`, ['ghost_reservations']],
  [
    `update ticketing.orders set hold_expires_at = now() - interval '11 minutes' where ${held}`,
    ['overdue_reservations'],
  ],
  [
    `update ticketing.orders set status = 'payment_pending', hold_expires_at = now() - interval '11 minutes' where ${held}`,
    ['overdue_reservations'],
  ],
  [`delete from ticketing.tickets where ${ofPaid}`, ['paid_without_tickets']],
  [`delete from ticketing.tickets where ordinal = 2 and ${ofPaid}`, ['paid_without_tickets']],
  [
    `update ticketing.orders set status = 'reserved', hold_expires_at = now() + interval '1 hour' where ${paid};
     update ticketing.order_items set counted_as = 'reserved' where ${ofPaid};
     delete from ticketing.tickets where ${ofPaid}`,
    ['counter_drift', 'paid_without_tickets'],
  ],
  [`delete from ticketing.tickets where ${ofFree}`, ['free_without_tickets']],
  [`delete from ticketing.payments where ${ofPaid}`, ['tickets_without_payment']],
  [`update ticketing.payments set status = 'needs_review'`, ['tickets_without_payment', 'waiting_reviews']],
  [`update ticketing.orders set status = 'needs_review', hold_expires_at = null where ${held}`, ['waiting_reviews']],
  [
    `update ticketing.tier_inventory set capacity = 1; update ticketing.journal set capacity_delta = 1
     where capacity_delta > 0 and tier_id is not null`,
    ['oversold_tiers'],
  ],
  [
    `update ticketing.pool_inventory set capacity = 4; update ticketing.journal set capacity_delta = 4
     where capacity_delta > 0 and pool_id is not null`,
    ['oversold_pools'],
  ],
  ['update ticketing.tier_inventory set issued = issued + 1', ['counter_drift', 'journal_drift']],
  ['update ticketing.tier_inventory set reserved = 0', ['counter_drift', 'journal_drift']],
  ["delete from ticketing.journal where kind = 'issue' and tier_id is not null", ['journal_drift']],
  ["delete from ticketing.journal where kind = 'capacity'", ['journal_drift']],
  ["delete from ticketing.journal where kind = 'payment'", ['journal_drift']],
  ["update ticketing.journal set capacity_delta = 2147483647 where kind = 'capacity'", ['journal_drift']],
  ['update ticketing.payments set amount_minor = amount_minor + 1', ['journal_drift']],
  ['delete from ticketing.pool_inventory', ['counter_drift']],
  [`update ticketing.order_items set counted_as = 'none' where ${ofPaid}`, ['counter_drift', 'line_drift']],
  [
    `update ticketing.tickets set status = 'void', void_reason = 'lost' where ordinal = 2 and ${ofPaid}`,
    ['line_drift'],
  ],
  [refund('requested', 2), ['stuck_refunds']],
  [refund('unknown', 2), ['stuck_refunds']],
  [refund('pending', 300), ['stuck_refunds']],
  [refund('needs_review', 0), ['stuck_refunds']],
  [
    `insert into ticketing.payments (event_id, payment_id, order_id, kind, status, amount_minor, currency, method, source, received_at)
     select event_id, gen_random_uuid(), order_id, 'external', 'surplus', 100, 'USD', 'cash', '{}', now()
     from ticketing.payments limit 1`,
    ['journal_drift', 'stuck_refunds'],
  ],
  [
    "update venuekit.outbox set status = 'waiting', created_at = now() - interval '16 minutes' where kind = 'tickets'",
    ['unsent_messages'],
  ],
  ["update venuekit.outbox set status = 'dead' where kind = 'tickets'", ['unsent_messages']],
  ["update venuekit.webhooks set status = 'dead'", ['dead_webhooks']],
  [
    `update venuekit.webhooks set status = 'pending', received_at = now() - interval '1 hour',
     next_try_at = now() - interval '16 minutes'`,
    ['dead_webhooks'],
  ],
  [
    `insert into venuekit.orphan_payments (account, session_id, event_id, order_id, amount_minor, currency, status, first_seen_at, due_at)
     values ('acct', 'cs_1', gen_random_uuid(), gen_random_uuid(), 100, 'USD', 'review', now(), now())`,
    ['orphan_payments'],
  ],
]

test.each(damages)('%s is named, and nothing else', async (damage, kinds) => {
  expect(await damaged(damage, kindsIn)).toEqual(kinds)
})

test.each([
  refund('requested', 0),
  refund('pending', 2),
  `update ticketing.orders set hold_expires_at = now() - interval '9 minutes' where ${held}`,
  "update venuekit.outbox set status = 'waiting', created_at = now() - interval '14 minutes'",
])('%s is nothing yet', async damage => {
  expect(await damaged(damage, kindsIn)).toEqual([])
})

test('a test order, with neither payment nor tickets, is told and skipped', async () => {
  const [row] = await damaged(
    `delete from ticketing.tickets where ${ofPaid}; delete from ticketing.payments where ${ofPaid}`,
    connection => connection.query('select kind, amount from ticketing.audits where skipped'),
  )
  expect(row).toEqual({ kind: 'fulfilled_without_payment', amount: 0 })
})

test('the health of an event counts what its audit names', async () => {
  const damage =
    'update ticketing.tier_inventory set reserved = reserved + 5, capacity = capacity + 5 where reserved > 0'
  const [health] = await damaged(damage, connection =>
    connection.query(
      'select score, ghost_reservations, journal_drift, unsent_messages from ticketing.event_health where event_id = $1',
      [show.id],
    ),
  )
  expect(health).toEqual({ score: 15, ghost_reservations: 5, journal_drift: 10, unsent_messages: 0 })
})

test('a number that a person reads stands in each sentence', async () => {
  const sentences = await damaged('update ticketing.tier_inventory set reserved = reserved + 5', connection =>
    connection.query<{ sentence: string }>("select sentence from ticketing.audits where kind = 'ghost_reservations'"),
  )
  expect(sentences[0]?.sentence).toMatch(/"(General admission|RSVP)" counts \d places as reserved/)
})

test('an event that is not there is not found', async () => {
  await expect(stage.kit.audit({ eventId: crypto.randomUUID() })).rejects.toMatchObject({ code: 'not_found' })
})

test('events looked through in parts are all looked through, and each keeps its own findings', async () => {
  const other = await stage.createEvent()
  await stage.createEvent()
  const damage = `update ticketing.tier_inventory set reserved = reserved + 5
    where event_id in ('${show.id}', '${other.id}')`
  const parts = await damaged(damage, async connection => {
    const answers: SqlResult<'ticketing.audit_events'>[] = []
    for (let after: string | null = null; ; ) {
      const [row]: { answer: SqlResult<'ticketing.audit_events'> }[] = await connection.query(
        'select ticketing.audit_events($1, 1) as answer',
        [after],
      )
      if (!row || row.answer.lastEventId === null) return answers
      answers.push(row.answer)
      after = row.answer.lastEventId
    }
  })
  expect(parts.reduce((sum, { eventsAudited }) => sum + eventsAudited, 0)).toBe(3)
  expect(parts.length).toBeGreaterThan(1)
  const events = parts.flatMap(part => part.events)
  expect(events.map(({ eventId }) => eventId)).toEqual([show.id, other.id].toSorted())
  for (const { eventId, findings, skipped } of events) {
    expect(new Set(findings.map(finding => finding.eventId))).toEqual(new Set([eventId]))
    expect(findings.map(({ kind }) => kind)).toContain('ghost_reservations')
    expect(skipped).toEqual([])
  }
})
