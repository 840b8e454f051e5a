import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { databaseImage } from '../testing/databaseImage.ts'
import { sessionOf } from '../testing/orderDesk.ts'
import {
  counts,
  nothingRead,
  type ReconciliationStage,
  startReconciliationStage,
} from '../testing/reconciliationStage.ts'

let stage: ReconciliationStage
beforeAll(async () => {
  stage = await startReconciliationStage()
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => stage.refresh())

/** The only session that the gateway has. */
const loneSession = async (): Promise<string> => {
  const { data } = await stage.read<{ data: { id: string }[] }>('/v1/checkout/sessions')
  expect(data).toHaveLength(1)
  return data[0]?.id ?? ''
}

/** An order whose session was made, and whose process never heard of it. */
const placeWithoutAttach = async () => {
  const cart = stage.desk.cart(await stage.createEvent())
  const idempotencyKey = crypto.randomUUID()
  // The SDK sends once more when a kept connection breaks.
  stage.twin.control.addFault({ kind: 'lost_answer', path: '/v1/checkout/sessions', method: 'POST', times: 2 })
  expect((await stage.desk.send(cart, { idempotencyKey })).problem().code).toBe('gateway_unavailable')
  const sessionId = await loneSession()
  const [order] = await stage.query<{ orderId: string; eventId: string }>(
    `select order_id as "orderId", event_id as "eventId" from ticketing.attempts where event_id = $1 and status = 'begun'`,
    [cart.eventId],
  )
  return { sessionId, orderId: order?.orderId ?? '', eventId: cart.eventId }
}

const statusOf = async (orderId: string) => {
  const [row] = await stage.query<{ status: string; tickets: number }>(
    `select o.status, (select count(*)::int from ticketing.tickets t where t.order_id = o.order_id) as tickets
     from ticketing.orders o where o.order_id = $1`,
    [orderId],
  )
  return row
}

test('an order whose webhooks were all dropped is completed; the second run finds nothing', async () => {
  const placed = await stage.desk.order(await stage.createEvent(), 2)
  await stage.silently(() => stage.twin.control.pay(sessionOf(placed)))
  const window = { from: new Date(stage.now() - 3600_000), until: new Date(stage.now()) }
  const first = await stage.reconcile(window)
  expect(first.report).toEqual({
    ...nothingRead,
    from: window.from.toISOString(),
    until: window.until.toISOString(),
    sessions: counts({ read: 1, mended: 1 }),
    payments: counts({ read: 1, agreed: 1 }),
  })
  expect(await stage.desk.show(placed)).toMatchObject({ status: 'fulfilled', tickets: [{}, {}] })
  const [payment] = await stage.query('select source from ticketing.payments where order_id = $1', [placed.order.id])
  expect(payment).toEqual({ source: { kind: 'reconciler', reference: sessionOf(placed) } })
  await stage.database.withOwner(checkInvariants)
  await stage.kit.drain()

  const before = await databaseImage(stage.database)
  const second = await stage.reconcile(window)
  expect(second.report).toEqual({
    ...first.report,
    sessions: counts({ read: 1, agreed: 1 }),
  })
  const after = await databaseImage(stage.database)
  expect(after['venuekit.reconciliations']).not.toEqual(before['venuekit.reconciliations'])
  expect({ ...after, 'venuekit.reconciliations': null }).toEqual({ ...before, 'venuekit.reconciliations': null })
})

test('a session whose attach was lost is adopted by its attempt and completed', async () => {
  const { sessionId, orderId } = await placeWithoutAttach()
  await stage.silently(() => stage.twin.control.pay(sessionId))
  const { report } = await stage.reconcile()
  expect(report.sessions).toEqual(counts({ read: 1, mended: 1 }))
  expect(await statusOf(orderId)).toEqual({ status: 'fulfilled', tickets: 1 })
  await stage.kit.drain()
  expect(stage.alerts).toEqual([])
  await stage.database.withOwner(checkInvariants)
})

test('the same after the places were given back: the order gets them again', async () => {
  const { sessionId, orderId } = await placeWithoutAttach()
  await stage.query(
    `update ticketing.attempts set status = 'closed', close_reason = 'never_created', closed_at = begun_at where order_id = $1`,
    [orderId],
  )
  await stage.twin.control.advance(10 * 60_000)
  await stage.kit.jobs.run('expire-reservations')
  expect(await statusOf(orderId)).toEqual({ status: 'expired', tickets: 0 })
  await stage.silently(() => stage.twin.control.pay(sessionId))
  expect((await stage.reconcile()).report.sessions).toEqual(counts({ read: 1, mended: 1 }))
  expect(await statusOf(orderId)).toEqual({ status: 'fulfilled', tickets: 1 })
  await stage.database.withOwner(checkInvariants)
})

test('money for an order that is not here is flagged once, and another shop’s sessions are left alone', async () => {
  const ids = { event_id: crypto.randomUUID(), order_id: crypto.randomUUID(), attempt_id: crypto.randomUUID() }
  const make = async (metadata: Record<string, string>): Promise<string> => {
    const form = new URLSearchParams({
      mode: 'payment',
      success_url: 'https://shop.example/',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'usd',
      'line_items[0][price_data][unit_amount]': '700',
      'line_items[0][price_data][product_data][name]': 'Mug',
    })
    for (const [name, value] of Object.entries(metadata)) {
      form.set(`metadata[${name}]`, value)
      form.set(`payment_intent_data[metadata][${name}]`, value)
    }
    const answer = await fetch(`${stage.twin.url}/v1/checkout/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.twin.secretKey}` },
      body: form,
    })
    return ((await answer.json()) as { id: string }).id
  }
  const orphan = await make(ids)
  await stage.silently(async () => {
    stage.twin.control.pay(orphan)
    stage.twin.control.pay(await make({}))
    await make({ order_id: 'of another shop' })
  })
  const finding = {
    kind: 'orphan_payment',
    subject: `session:${orphan}`,
    detail: {
      sessionId: orphan,
      paymentIntentId: expect.stringMatching(/^pi_/),
      eventId: ids.event_id,
      orderId: ids.order_id,
      amountMinor: 700,
      currency: 'USD',
    },
  }
  const { report } = await stage.reconcile()
  expect(report).toMatchObject({
    sessions: counts({ read: 3, foreign: 2, flagged: 1 }),
    payments: counts({ read: 2, foreign: 1, flagged: 1 }),
    findings: [finding],
  })
  await stage.kit.drain()
  expect(stage.alerts).toMatchObject([{ code: 'orphan_payment' }])
  const second = await stage.reconcile()
  expect(second.report).toMatchObject({
    sessions: counts({ read: 3, foreign: 2, stillFlagged: 1 }),
    payments: counts({ read: 2, foreign: 1, stillFlagged: 1 }),
    findings: [],
  })
  await stage.twin.control.advance(16 * 60_000)
  await stage.kit.jobs.run('process-webhooks')
  expect(await stage.query('select status from venuekit.orphan_payments where session_id = $1', [orphan])).toEqual([
    { status: 'review' },
  ])
  await stage.kit.drain()
  expect(stage.alerts).toHaveLength(1)
})

test('an order that we call paid and the gateway does not is flagged, never changed, and cleared once it is paid', async () => {
  const placed = await stage.desk.order(await stage.createEvent())
  const paymentId = crypto.randomUUID()
  await stage.database.call('ticketing.complete_order_atomic', {
    event_id: placed.order.eventId,
    order_id: placed.order.id,
    payment: {
      paymentId,
      kind: 'gateway',
      account: stage.twin.account,
      mode: 'test',
      sessionId: sessionOf(placed),
      paymentIntentId: null,
      amountMinor: placed.order.total.amountMinor,
      currency: 'USD',
    },
    source: { kind: 'webhook' },
  })
  await stage.kit.drain()
  const before = await databaseImage(stage.database)
  const { report } = await stage.reconcile()
  expect(report.ourPayments).toEqual(counts({ read: 1, flagged: 1 }))
  expect(report.findings).toEqual([
    {
      kind: 'payment_not_paid_at_gateway',
      subject: `payment:${paymentId}`,
      detail: {
        eventId: placed.order.eventId,
        orderId: placed.order.id,
        paymentId,
        objectId: sessionOf(placed),
        amountMinor: 2500,
        currency: 'USD',
        gatewayStatus: 'open, unpaid',
      },
    },
  ])
  const after = await databaseImage(stage.database)
  const bookkeeping = Object.fromEntries(
    ['reconciliations', 'alerts', 'alert_sinks', 'alert_deliveries'].map(name => [`venuekit.${name}`, null]),
  )
  expect({ ...after, ...bookkeeping }).toEqual({ ...before, ...bookkeeping })
  expect((await stage.reconcile()).report).toMatchObject({
    ourPayments: counts({ read: 1, stillFlagged: 1 }),
    findings: [],
  })
  await stage.kit.drain()
  expect(stage.alerts.filter(({ code }) => code === 'payment_not_paid_at_gateway')).toHaveLength(1)

  await stage.silently(() => stage.twin.control.pay(sessionOf(placed)))
  await stage.reconcile()
  const [alert] = await stage.query<{ isResolved: boolean }>(
    'select resolved_at is not null as "isResolved" from venuekit.alerts where fingerprint = $1',
    [`payment:${paymentId}`],
  )
  expect(alert).toEqual({ isResolved: true })
})

test('another amount, and a payment that the gateway has never heard of, are flagged', async () => {
  const placed = [await stage.desk.order(await stage.createEvent()), await stage.desk.order(await stage.createEvent())]
  for (const { checkout, order, orderToken } of placed)
    stage.twin.control.pay(sessionOf({ checkout, order, orderToken }))
  await stage.twin.control.settled()
  const [dearer, unknown] = placed.map(({ order }) => order.id)
  await stage.query('update ticketing.payments set amount_minor = 2600 where order_id = $1', [dearer])
  await stage.query(
    `update ticketing.payments set session_id = 'cs_test_gone', payment_intent_id = 'pi_gone' where order_id = $1`,
    [unknown],
  )
  await stage.query(`delete from venuekit.gateway_objects where order_id = $1`, [unknown])
  await stage.silently(() => stage.twin.control.reset())
  const { report } = await stage.reconcile()
  expect(report.findings.map(({ kind }) => kind).sort()).toEqual(['payment_not_at_gateway', 'payment_not_at_gateway'])
  await stage.refresh()

  const again = await stage.desk.order(await stage.createEvent())
  stage.twin.control.pay(sessionOf(again))
  await stage.twin.control.settled()
  await stage.query('update ticketing.payments set amount_minor = 2600 where order_id = $1', [again.order.id])
  const second = await stage.reconcile()
  expect(second.report).toMatchObject({
    sessions: counts({ read: 1, flagged: 1 }),
    payments: counts({ read: 1, flagged: 1 }),
    ourPayments: counts(),
    findings: [
      {
        kind: 'payment_differs',
        detail: {
          ours: { amountMinor: 2600, currency: 'USD', mode: 'test' },
          theirs: { amountMinor: 2500, currency: 'USD', mode: 'test' },
        },
      },
    ],
  })
})

test('payments of the other mode are not looked for: the key in use cannot see them', async () => {
  const placed = await stage.desk.order(await stage.createEvent())
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.settled()
  await stage.query(`update ticketing.payments set mode = 'live' where order_id = $1`, [placed.order.id])
  stage.twin.control.reset()
  expect((await stage.reconcile()).report).toMatchObject({ ourPayments: counts(), findings: [] })
})
