import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { openTestShop, type TestShop } from '../testing/testShop.ts'

let database: MigratableDatabase
let shop: TestShop
let orderId: string
let paidId: string

beforeAll(async () => {
  database = await createPgliteDatabase()
  shop = await openTestShop(database, { pools: [{ capacity: 10 }], tiers: [{}, { priceMinor: 0 }] })
  orderId = await shop.hold()
  await shop.checkout(orderId)
  paidId = await shop.hold()
  const { sessionId } = await shop.checkout(paidId)
  await shop.complete(paidId, shop.payment(sessionId))
}, 60_000)
afterAll(() => database.close())

/** `$event`, `$order`, `$paid` and `$tier` stand for the ids of a shop with one hold and one paid order. */
const fill = (sql: string): string =>
  sql
    .replaceAll('$event', `'${shop.eventId}'`)
    .replaceAll('$order', `'${orderId}'`)
    .replaceAll('$paid', `'${paidId}'`)
    .replaceAll('$tier', `'${shop.tierIds[0]}'`)
    .replaceAll('$pool', `'${shop.poolIds[0]}'`)
    .replaceAll('$id', `'${crypto.randomUUID()}'`)

const inventory = 'update ticketing.tier_inventory set'
const pool = 'update ticketing.pool_inventory set'
const item = 'update ticketing.order_items set'
const paid = 'where order_id = $paid'
const open = 'where order_id = $order'

test.each([
  ['check_quantities_non_negative', `${inventory} reserved = -1`],
  ['check_quantities_non_negative', `${inventory} issued = -1`],
  ['check_issued_not_exceeds_capacity', `${inventory} issued = capacity + 1, reserved = 0 where tier_id = $tier`],
  ['check_total_not_exceeds_capacity', `${inventory} reserved = capacity, issued = 1 where tier_id = $tier`],
  ['pool_quantities_non_negative', `${pool} issued = -1`],
  ['pool_issued_not_exceeds_capacity', `${pool} capacity = 0, reserved = 0`],
  ['pool_total_not_exceeds_capacity', `${pool} reserved = capacity`],
  ['event_status_known', "update ticketing.events set status = 'sold'"],
  ['event_currency_code', "update ticketing.events set currency = 'usd'"],
  ['event_max_per_order_positive', 'update ticketing.events set max_per_order = 0'],
  ['event_max_hold_in_range', 'update ticketing.events set max_hold_seconds = 60'],
  ['event_ends_after_start', "update ticketing.events set ends_at = '2000-01-01'"],
  ['event_name_given', "update ticketing.events set name = ''"],
  ['tier_price_not_negative', 'update ticketing.tiers set price_minor = -1'],
  ['tier_max_per_order_positive', 'update ticketing.tiers set max_per_order = 0'],
  [
    'tier_sales_end_after_start',
    "update ticketing.tiers set sales_start_at = '2029-02-01', sales_end_at = '2029-01-01'",
  ],
  ['pool_fixed_once_sold', 'update ticketing.tiers set pool_id = null where tier_id = $tier'],
  ['order_total_not_negative', `update ticketing.orders set total_minor = -1 ${open}`],
  ['hold_has_an_end', `update ticketing.orders set hold_expires_at = null ${open}`],
  ['item_quantity_in_range', `${item} quantity = 0, total_minor = 0, returned = 0`],
  ['item_total_is_price_times_quantity', `${item} total_minor = total_minor + 1`],
  ['item_returned_in_range', `${item} returned = quantity + 1`],
  [
    'tier_once_per_order',
    "insert into ticketing.order_items select event_id, order_id, 9, tier_id, pool_id, quantity, unit_price_minor, total_minor, 'none' from ticketing.order_items",
  ],
  ['item_of_tier', `${item} tier_id = $id`],
  ['item_of_order', `${item} order_id = $id ${open}`],
  ['item_of_pool', `${item} pool_id = $id`],
  [
    'one_live_attempt_per_order',
    `insert into ticketing.attempts (event_id, attempt_id, order_id, account, mode, ui, params, expires_at, begun_at) values ($event, $id, $order, 'a', 'test', 'redirect', '{}', now(), now())`,
  ],
  ['attached_attempt_has_session', `update ticketing.attempts set session_id = null ${open}`],
  ['closed_attempt_has_reason', `update ticketing.attempts set status = 'closed' ${open}`],
  ['attempt_of_order', `update ticketing.attempts set order_id = $id ${open}`],
  [
    'refunds_not_exceed_payment',
    `update ticketing.payments set refunded_minor = amount_minor, refund_reserved_minor = 1 ${paid}`,
  ],
  ['payment_status_known', `update ticketing.payments set status = 'lost' ${paid}`],
  ['payment_amount_not_negative', `update ticketing.payments set amount_minor = -1 ${paid}`],
  [
    'gateway_payment_names_its_object',
    `update ticketing.payments set session_id = null, payment_intent_id = null ${paid}`,
  ],
  [
    'one_applied_payment_per_order',
    `insert into ticketing.payments select event_id, $id, order_id, kind, status, amount_minor, currency, account, mode, session_id, payment_intent_id, method, reference, source, reason, 0, 0, received_at from ticketing.payments ${paid}`,
  ],
  [
    'one_ticket_per_place',
    `insert into ticketing.tickets (event_id, ticket_id, order_id, line, ordinal, issued_at) values ($event, $id, $paid, 1, 1, now())`,
  ],
  [
    'ticket_of_item',
    `insert into ticketing.tickets (event_id, ticket_id, order_id, line, ordinal, issued_at) values ($event, $id, $paid, 7, 1, now())`,
  ],
  ['ticket_status_known', "update ticketing.tickets set status = 'used'"],
  ['void_ticket_has_a_reason', "update ticketing.tickets set status = 'void'"],
  ['ticket_code_version_positive', 'update ticketing.tickets set code_version = 0'],
  ['journal_append_only', 'update ticketing.journal set reserved_delta = 0'],
  ['journal_append_only', 'delete from ticketing.journal'],
  ['journal_append_only', 'truncate ticketing.journal'],
  [
    'journal_entry_about_one_thing',
    `insert into ticketing.journal (event_id, occurred_at, kind) values ($event, now(), 'x')`,
  ],
  [
    'order_begins_reserved',
    `insert into ticketing.orders (event_id, order_id, status, total_minor, currency, buyer_name, buyer_email, created_at, hold_ends_at) values ($event, $id, 'fulfilled', 0, 'USD', 'a', 'b', now(), now())`,
  ],
  [
    'gateway_objects_key',
    'insert into venuekit.gateway_objects select account, object_id, event_id, order_id, $id, recorded_at from venuekit.gateway_objects',
  ],
  [
    'message_sent_once',
    'insert into venuekit.outbox (message_id, kind, event_id, order_id, version, created_at, due_at) select $id, kind, event_id, order_id, version, created_at, due_at from venuekit.outbox limit 1',
  ],
])('%s refuses: %s', async (constraint, sql) => {
  await expect(shop.query(fill(sql))).rejects.toMatchObject(
    // Triggers name the rule they keep as the constraint, too.
    { constraint },
  )
})

const states = [
  'reserved',
  'expiring',
  'payment_pending',
  'fulfilled',
  'expired',
  'cancelled',
  'needs_review',
  'refund_due',
  'refunded',
]
const allowed = new Map([
  ['reserved', 'expiring payment_pending fulfilled needs_review'],
  ['expiring', 'expired cancelled payment_pending fulfilled needs_review'],
  ['payment_pending', 'fulfilled expired needs_review'],
  ['expired', 'fulfilled refund_due needs_review'],
  ['cancelled', 'refund_due needs_review'],
  ['needs_review', 'fulfilled refund_due'],
  ['refund_due', 'refunded'],
  ['fulfilled', 'refunded'],
])

test.each(states)('from %s an order goes only where the rules lead', async from => {
  const reached: string[] = []
  await database.withOwner(async connection => {
    await connection.exec('begin')
    for (const to of states.filter(state => state !== from)) {
      await connection.exec(`savepoint s;
        delete from ticketing.attempts where order_id = '${orderId}';
        alter table ticketing.orders disable trigger user;
        update ticketing.orders set status = '${from}', release_reason = '${to === 'cancelled' ? to : 'expired'}',
          fulfilled_at = now(), reviewed_by = 'Grace' where order_id = '${orderId}';
        alter table ticketing.orders enable trigger user`)
      const moved = await connection
        .exec(`update ticketing.orders set status = '${to}' where order_id = '${orderId}'`)
        .then(
          () => true,
          error => {
            expect(error).toMatchObject({ constraint: 'order_transition_allowed' })
            return false
          },
        )
      if (moved) reached.push(to)
      await connection.exec('rollback to savepoint s')
    }
    await connection.exec('rollback')
  })
  expect(reached.sort()).toEqual((allowed.get(from) ?? '').split(' ').filter(Boolean).sort())
})

test('a review ends only by an actor, and an order becomes what its release reason says', async () => {
  await database.withOwner(async connection => {
    const refused = async (sql: string, constraint: string) => {
      await connection.exec('savepoint s')
      await expect(connection.exec(sql)).rejects.toMatchObject({ constraint })
      await connection.exec('rollback to savepoint s')
    }
    const set = (change: string) => `update ticketing.orders set ${change} where order_id = '${orderId}'`
    await connection.exec('begin')
    await connection.exec(`delete from ticketing.attempts where order_id = '${orderId}'`)
    await refused(set("status = 'expiring'"), 'order_released_as_said')
    await refused(set("status = 'fulfilled'"), 'fulfilled_order_has_its_time')
    await connection.exec(set("status = 'expiring', release_reason = 'cancelled'"))
    await refused(set("status = 'expired'"), 'order_released_as_said')
    await connection.exec(set("status = 'needs_review'"))
    await refused(set("status = 'refund_due'"), 'review_decided_by_an_actor')
    await connection.exec('rollback')
  })
})

test('a void ticket stays void', async () => {
  await shop.query(fill(`update ticketing.tickets set status = 'void', void_reason = 'test' ${paid}`))
  await expect(shop.query(fill(`update ticketing.tickets set status = 'valid' ${paid}`))).rejects.toMatchObject({
    constraint: 'void_ticket_stays_void',
  })
})
