import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { constraintsOf, refusalOf, rowAgain } from '../testing/refusalOf.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
/** A shop in which every table of money and places has rows: sold, held, refunded, disputed, looked through, mended. */
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
  await stage.database.withOwner(connection =>
    connection.exec(
      `insert into ticketing.refund_tickets select r.event_id, r.order_id, r.refund_id, t.line, t.ordinal
         from ticketing.refunds r join ticketing.tickets t using (event_id, order_id) limit 1;
       insert into ticketing.health_checkpoints select event_id, now(), 0, '{}', 0, '{}' from ticketing.events;
       insert into ticketing.counter_checkpoints select event_id, tier_id, 0, 0, 0, 0, 0 from ticketing.tiers;
       insert into ticketing.sales_checkpoints select event_id, 0 from ticketing.events;
       insert into ticketing.sales_periods select event_id, now(), 'USD', 0, 0, 0, 0, 0 from ticketing.events;
       insert into ticketing.repairs (event_id, kind, actor, repaired_at, before, after)
         select event_id, 'tickets', 'Ida', now(), '{}', '{}' from ticketing.events;
       insert into ticketing.check_ins (event_id, nonce, ticket_id, order_id, line, ordinal, code_version, outcome,
           recorded_at, answer)
         select event_id, gen_random_uuid(), ticket_id, order_id, line, ordinal, 1, 'admitted', now(), '{}'
         from ticketing.tickets limit 1;
       insert into ticketing.event_changes (event_id, changed_at, actor, before, after)
         select event_id, now(), 'Ida', '{}', '{}' from ticketing.events`,
    ),
  )
}, 60_000)
afterAll(() => stage.close())

const set = (table: string, change: string) => `update ticketing.${table} set ${change}`
/** The same row again, with these columns changed. */
const again = (table: string, columns?: Record<string, string>, where?: string) =>
  rowAgain(`ticketing.${table}`, columns, where)
const other = 'gen_random_uuid()'

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
  event_times_finite: set('events', "starts_at = '-infinity'"),
  pool_name_given: set('capacity_pools', "name = ''"),
  pool_quantities_non_negative: set('pool_inventory', 'reserved = -1'),
  pool_issued_not_exceeds_capacity: set('pool_inventory', 'issued = capacity + 1, reserved = 0'),
  pool_total_not_exceeds_capacity: set('pool_inventory', 'issued = capacity, reserved = 1'),
  event_change_has_an_actor: again('event_changes', { actor: "''", change_id: '0' }),
  event_changes_key: again('event_changes'),
  event_changes_append_only: set('event_changes', "actor = 'Ben'"),
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
  item_returned_not_negative: set('order_items', 'returned = -1'),
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
  check_in_outcome_known: set('check_ins', "outcome = 'wrong_event'"),
  check_ins_key: again('check_ins', { outcome: "'void'" }),
  check_in_of_ticket: again('check_ins', { nonce: other, ticket_id: other, ordinal: '99' }),
  undone_check_in_has_an_actor: set('check_ins', "undone_at = now(), undone_by = ''"),
  only_an_admission_is_undone: set('check_ins', "undone_at = now(), undone_by = 'Ida', outcome = 'void'"),
  admitted_once: again('check_ins', { nonce: other }),
  refund_amount_positive: set('refunds', 'amount_minor = 0'),
  refund_currency_code: set('refunds', "currency = 'usd'"),
  refund_status_known: set('refunds', "status = 'lost'"),
  refund_origin_known: set('refunds', "origin = 'luck'"),
  dispute_amount_not_negative: set('disputes', 'amount_minor = -1, counted_minor = -1'),
  dispute_currency_code: set('disputes', "currency = 'usd'"),
  dispute_state_known: set('disputes', "state = 'hot'"),
  dispute_counted_once: set('disputes', 'counted_minor = amount_minor - 1'),
  tier_once_per_order: again('order_items', { line: '99' }),
  one_live_attempt_per_order: again('attempts', { session_id: "'cs_other'", attempt_id: other }, "status = 'attached'"),
  session_attached_once: again('attempts', { attempt_id: other }, "status = 'closed'"),
  one_applied_payment_per_order: again('payments', { payment_id: other }),
  one_ticket_per_place: again('tickets', { ticket_id: other }),
  ticket_id_once: again('tickets', { ordinal: '99' }),
  gateway_refund_once: again('refunds', { refund_id: other }),
  refund_id_once: again('refunds', { order_id: other, gateway_refund_id: 'null' }),
  dispute_id_once: again('disputes', { order_id: other }),
  events_key: again('events'),
  capacity_pools_key: again('capacity_pools'),
  pool_inventory_key: again('pool_inventory'),
  tiers_key: again('tiers'),
  tier_inventory_key: again('tier_inventory'),
  journal_key: again('journal'),
  order_keys_key: again('order_keys'),
  orders_key: again('orders', {}, "status = 'reserved'"),
  order_items_key: again('order_items'),
  attempts_key: again('attempts'),
  payments_key: again('payments'),
  refunds_key: again('refunds'),
  refund_tickets_key: again('refund_tickets'),
  disputes_key: again('disputes'),
  checkpoint_parts_are_counts: set('health_checkpoints', `parts = '{"counter_drift": "many"}'`),
  health_checkpoints_key: again('health_checkpoints'),
  counter_checkpoints_key: again('counter_checkpoints'),
  repairs_key: again('repairs'),
  sales_checkpoints_key: again('sales_checkpoints'),
  sales_periods_key: again('sales_periods'),
  pool_of_event: again('capacity_pools', { event_id: other }),
  inventory_of_pool: again('pool_inventory', { pool_id: other }),
  tier_of_event: again('tiers', { event_id: other, pool_id: 'null' }),
  pool_of_tier: again('tiers', { tier_id: other, pool_id: other }),
  inventory_of_tier: again('tier_inventory', { tier_id: other }),
  item_of_order: again('order_items', { order_id: other }),
  item_of_tier: set('order_items', `tier_id = ${other}`),
  item_of_pool: set('order_items', `pool_id = ${other}`),
  attempt_of_order: again('attempts', { order_id: other, session_id: "'cs_other'" }),
  payment_of_order: again('payments', { order_id: other }),
  ticket_of_item: again('tickets', { line: '99', ticket_id: other }),
  refund_of_payment: again('refunds', { payment_id: other, refund_id: other, gateway_refund_id: 'null' }),
  ticket_of_refund: again('refund_tickets', { refund_id: other }),
  refunded_ticket: again('refund_tickets', { ordinal: '99' }),
  dispute_of_payment: again('disputes', { payment_id: other, gateway_dispute_id: "'dp_other'" }),
  journal_append_only: set('journal', 'issued_delta = 0'),
  order_begins_reserved: again('orders', { order_id: other }, "status = 'fulfilled'"),
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
  expect(await refusalOf(stage.database, statement)).toMatchObject({ constraint: name })
})

test('no constraint of ticketing is without its refusal here', async () => {
  const names = await constraintsOf(stage.database, 'ticketing')
  expect(names.filter(name => !Object.hasOwn(refusals, name))).toEqual([])
})
