import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sessionOf } from '../testing/orderDesk.ts'
import { counts, type ReconciliationStage, startReconciliationStage } from '../testing/reconciliationStage.ts'

let stage: ReconciliationStage
beforeAll(async () => {
  stage = await startReconciliationStage()
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => stage.refresh())

test('a delayed payment whose news was lost is found however old it is', async () => {
  const placed = await stage.desk.order(await stage.createEvent({ delayedPayments: true }))
  stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
  await stage.twin.control.settled()
  expect((await stage.reconcile()).report.pendingPayments).toEqual(counts({ read: 1, agreed: 1 }))
  await stage.twin.control.advance(5 * 24 * 3600_000)
  await stage.silently(() => stage.twin.control.settlePayment(sessionOf(placed), true))
  const { report } = await stage.reconcile()
  expect(report).toMatchObject({ sessions: counts(), pendingPayments: counts({ read: 1, mended: 1 }) })
  expect((await stage.desk.show(placed)).status).toBe('fulfilled')
})

test('a delayed payment that comes after its order was given up, and whose news is lost, is found and goes back', async () => {
  const event = await stage.createEvent({ delayedPayments: true, maxPendingSeconds: 3600 })
  const placed = await stage.desk.order(event)
  stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
  await stage.twin.control.settled()
  await stage.twin.control.advance(3 * 3600_000)
  await stage.kit.jobs.run('expire-reservations')
  expect((await stage.desk.show(placed)).status).toBe('expired')
  await stage.twin.control.advance(10 * 24 * 3600_000)
  expect((await stage.reconcile()).report.pendingPayments).toEqual(counts({ read: 1, agreed: 1 }))
  await stage.silently(() => stage.twin.control.settlePayment(sessionOf(placed), true))
  expect((await stage.reconcile()).report).toMatchObject({ pendingPayments: counts({ read: 1, mended: 1 }) })
  expect((await stage.reconcile()).report).toMatchObject({ pendingPayments: counts() })
})

test('a delayed payment whose session the gateway does not know is flagged, and the run goes on', async () => {
  const placed = await stage.desk.order(await stage.createEvent({ delayedPayments: true }))
  stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
  await stage.twin.control.settled()
  stage.twin.control.reset()
  const { report } = await stage.reconcile()
  expect(report.pendingPayments).toEqual(counts({ read: 1, flagged: 1 }))
  expect(report.findings).toMatchObject([
    { kind: 'session_not_at_gateway', detail: { orderId: placed.order.id, sessionId: sessionOf(placed) } },
  ])
  expect((await stage.desk.show(placed)).status).toBe('payment_pending')
  await stage.query('update ticketing.attempts set mode = $1 where order_id = $2', ['live', placed.order.id])
})
