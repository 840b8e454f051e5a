import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokenInvariants } from './brokenInvariants.ts'
import { checkInvariants } from './checkInvariants.ts'
import { createOrderDesk, sessionOf } from './orderDesk.ts'
import { newTier, startTestKit, type TestKit } from './startTestKit.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit()
  const desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  const poolId = crypto.randomUUID()
  const event = await stage.createEvent({
    pools: [{ id: poolId, name: 'Hall', capacity: 50 }],
    tiers: [newTier({ poolId })],
  })
  stage.twin.control.pay(sessionOf(await desk.order(event, 2)))
  await desk.order(event, 3)
  await stage.twin.control.settled()
}, 60_000)
afterAll(() => stage.close())

test('a system that only its own functions wrote to keeps every promise', () =>
  stage.database.withOwner(checkInvariants))

const triggersOff =
  'alter table ticketing.orders disable trigger user; alter table ticketing.journal disable trigger user'

/** What breaks, and the promise that must be named. */
const damages: [string, string][] = [
  ['update ticketing.tier_inventory set issued = issued + 1', 'counters are what the order lines say'],
  ['update ticketing.pool_inventory set reserved = reserved - 1', 'counters are the sum of the journal'],
  ['delete from ticketing.journal where tier_id is not null', 'counters are the sum of the journal'],
  ["update ticketing.order_items set counted_as = 'none'", 'lines count as their order stands'],
  ['delete from ticketing.tickets where ordinal = 1', 'every place of a fulfilled order has its ticket'],
  ["update ticketing.tickets set status = 'void', void_reason = 'lost'", 'a place is given back for each void ticket'],
  ["update ticketing.payments set status = 'refund_due'", 'a ticket that admits is paid for by one applied payment'],
  ["update ticketing.orders set status = 'refund_due' where fulfilled_at is not null", 'an applied payment has its'],
  [
    "update ticketing.orders set status = 'refund_due' where fulfilled_at is null",
    'money owed to a buyer has a payment',
  ],
  ["update ticketing.tickets set status = 'blocked'", 'a blocked ticket waits for a refund'],
  [
    `drop index ticketing.admitted_once; insert into ticketing.check_ins (event_id, nonce, ticket_id, order_id, line,
       ordinal, code_version, outcome, recorded_at, answer)
     select event_id, gen_random_uuid(), ticket_id, order_id, line, ordinal, 1, 'admitted', now(), '{}'
     from ticketing.tickets, generate_series(1, 2)`,
    'a ticket is admitted once',
  ],
  ['update ticketing.payments set refunded_minor = 100', 'what a payment says of its refunds'],
  ["update ticketing.payments set status = 'refunded'", 'a refunded one is refunded whole'],
  ['delete from ticketing.journal where payment_id is not null', 'the journal of a payment is what is left'],
]

test.each(damages)('%s is found', async (damage, promise) => {
  const broken = await stage.database.withOwner(async connection => {
    await connection.exec(`begin; ${triggersOff}; ${damage}`)
    try {
      return await brokenInvariants(connection)
    } finally {
      await connection.exec('rollback')
    }
  })
  expect(broken).toContainEqual(expect.stringContaining(promise))
})
