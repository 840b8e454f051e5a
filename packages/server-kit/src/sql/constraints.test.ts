import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
/** A shop in which every table of money and places has rows: sold, held, refunded, disputed. */
beforeAll(async () => {
  stage = await startTestKit()
  const desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  const money = createMoneyDesk(stage)
  const poolId = crypto.randomUUID()
  const event = await stage.createEvent({
    pools: [{ id: poolId, name: 'Hall', capacity: 50 }],
    tiers: [newTier({ poolId })],
  })
  const placed = [await desk.order(event, 2), await desk.order(event, 2), await desk.order(event, 1)]
  for (const one of placed.slice(0, 2)) stage.twin.control.pay(sessionOf(one))
  await money.settled()
  for (const one of placed.slice(0, 1)) {
    await money.refund(one, { amountMinor: 500 })
    await money.settled()
    stage.twin.control.dispute(await money.chargeOf(one))
    await money.settled()
  }
}, 60_000)
afterAll(() => stage.close())

const set = (table: string, change: string) => `update ticketing.${table} set ${change}`
/** The same row again, under another key. */
const again = (table: string, key: string, value: string) =>
  `insert into ticketing.${table} select (jsonb_populate_record(t, jsonb_build_object('${key}', ${value}))).* from ticketing.${table} t limit 1`

/** A statement that each constraint refuses. */
const refusals: Record<string, string> = {
  event_name_given: set('events', "name = ''"),
  event_currency_code: set('events', "currency = 'usd'"),
  event_status_known: set('events', "status = 'sold'"),
  event_max_per_order_positive: set('events', 'max_per_order = 0'),
  event_max_hold_in_range: set('events', 'max_hold_seconds = 60'),
  event_max_pending_in_range: set('events', 'max_pending_seconds = 60'),
  cancelled_event_has_an_actor: set('events', "status = 'cancelled'"),
  event_ends_after_start: set('events', "ends_at = starts_at - interval '1 second'"),
  pool_name_given: set('capacity_pools', "name = ''"),
  pool_quantities_non_negative: set('pool_inventory', 'reserved = -1'),
  pool_issued_not_exceeds_capacity: set('pool_inventory', 'issued = capacity + 1, reserved = 0'),
  pool_total_not_exceeds_capacity: set('pool_inventory', 'issued = capacity, reserved = 1'),
  tier_name_given: set('tiers', "name = ''"),
  tier_price_not_negative: set('tiers', 'price_minor = -1'),
  tier_max_per_order_positive: set('tiers', 'max_per_order = 0'),
  tier_sales_end_after_start: set('tiers', "sales_start_at = '2030-01-02', sales_end_at = '2030-01-01'"),
  check_quantities_non_negative: set('tier_inventory', 'reserved = -1'),
  check_issued_not_exceeds_capacity: set('tier_inventory', 'issued = capacity + 1, reserved = 0'),
  check_total_not_exceeds_capacity: set('tier_inventory', 'issued = capacity, reserved = 1'),
  journal_entry_about_one_thing:
    "insert into ticketing.journal (event_id, occurred_at, kind) select event_id, now(), 'x' from ticketing.events",
  order_total_not_negative: set('orders', 'total_minor = -1'),
  hold_has_an_end: set('orders', "hold_expires_at = null where status = 'reserved'"),
  item_quantity_in_range: set('order_items', 'quantity = 0, total_minor = 0'),
  item_total_is_price_times_quantity: set('order_items', 'total_minor = total_minor + 1'),
  item_returned_in_range: set('order_items', 'returned = quantity + 1'),
  attempt_status_known: set('attempts', "status = 'lost'"),
  attempt_mode_known: set('attempts', "mode = 'dry'"),
  attempt_ui_known: set('attempts', "ui = 'popup'"),
  attached_attempt_has_session: set('attempts', "session_id = null where status = 'attached'"),
  closed_attempt_has_reason: set('attempts', "close_reason = null where status = 'closed'"),
  payment_kind_known: set('payments', "kind = 'gift'"),
  payment_status_known: set('payments', "status = 'lost'"),
  payment_amount_not_negative: set('payments', 'amount_minor = -1, refunded_minor = 0, refund_reserved_minor = 0'),
  payment_currency_code: set('payments', "currency = 'usd'"),
  refunds_not_exceed_payment: set('payments', 'refunded_minor = amount_minor, refund_reserved_minor = 1'),
  gateway_payment_names_its_object: set('payments', 'session_id = null, payment_intent_id = null'),
  external_payment_names_its_method: set('payments', "kind = 'external', method = null"),
  ticket_ordinal_positive: set('tickets', 'ordinal = 0 where ordinal = 1'),
  ticket_status_known: set('tickets', "status = 'used'"),
  ticket_code_version_positive: set('tickets', 'code_version = 0'),
  void_ticket_has_a_reason: set('tickets', "status = 'void', void_reason = null"),
  refund_amount_positive: set('refunds', 'amount_minor = 0'),
  refund_currency_code: set('refunds', "currency = 'usd'"),
  refund_status_known: set('refunds', "status = 'lost'"),
  refund_origin_known: set('refunds', "origin = 'luck'"),
  dispute_amount_not_negative: set('disputes', 'amount_minor = -1, counted_minor = -1'),
  dispute_currency_code: set('disputes', "currency = 'usd'"),
  dispute_state_known: set('disputes', "state = 'hot'"),
  dispute_counted_once: set('disputes', 'counted_minor = amount_minor - 1'),
  tier_once_per_order: again('order_items', 'line', '99'),
  one_live_attempt_per_order: again('attempts', "session_id', 'cs_other', 'attempt_id", 'gen_random_uuid()').replace(
    'limit 1',
    "where status = 'attached' limit 1",
  ),
  session_attached_once: again('attempts', 'attempt_id', 'gen_random_uuid()').replace(
    'limit 1',
    "where status = 'closed' limit 1",
  ),
  one_applied_payment_per_order: again('payments', 'payment_id', 'gen_random_uuid()'),
  one_ticket_per_place: again('tickets', 'ticket_id', 'gen_random_uuid()'),
  ticket_id_once: again('tickets', 'ordinal', '99'),
  gateway_refund_once: again('refunds', 'refund_id', 'gen_random_uuid()'),
  journal_append_only: set('journal', 'issued_delta = 0'),
  order_begins_reserved: again('orders', 'order_id', 'gen_random_uuid()').replace(
    'limit 1',
    "where status = 'fulfilled' limit 1",
  ),
  order_transition_allowed: set('orders', "status = 'reserved', hold_expires_at = now() where status = 'fulfilled'"),
  no_release_while_attempt_is_open: `${set('orders', "status = 'expiring', release_reason = 'expired' where status = 'reserved'")}; ${set('orders', "status = 'expired' where status = 'expiring'")}`,
  order_released_as_said: set('orders', "status = 'expiring' where status = 'reserved'"),
  fulfilled_order_has_its_time: set('orders', "status = 'fulfilled' where status = 'reserved'"),
  review_decided_by_an_actor: `${set('orders', "status = 'needs_review' where status = 'reserved'")}; ${set('orders', "status = 'refund_due' where status = 'needs_review'")}`,
  void_ticket_stays_void: `${set('tickets', "status = 'void', void_reason = 'lost'")}; ${set('tickets', "status = 'valid'")}`,
  repair_has_an_actor: `insert into ticketing.repairs (event_id, kind, actor, repaired_at, before, after)
    select event_id, 'tickets', '', now(), '{}', '{}' from ticketing.events`,
  pool_fixed_once_sold: set('tiers', 'pool_id = null'),
}

test.each(Object.entries(refusals))('%s refuses what it is for', async (name, statement) => {
  const error = await stage.database.withOwner(async connection => {
    await connection.exec('begin')
    try {
      await connection.exec(statement)
      return 'nothing refused it'
    } catch (thrown) {
      return thrown
    } finally {
      await connection.exec('rollback')
    }
  })
  expect(error).toMatchObject({ constraint: name })
})

test('no check of ticketing is without its refusal here', async () => {
  const checks = await stage.database.withOwner(connection =>
    connection.query<{ name: string }>(
      `select k.conname as name from pg_constraint k join pg_namespace n on n.oid = k.connamespace
       where n.nspname = 'ticketing' and k.contype = 'c'`,
    ),
  )
  expect(checks.map(({ name }) => name).filter(name => !Object.hasOwn(refusals, name))).toEqual([])
})
