import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { damageEvent } from '../testing/damageEvent.ts'
import { sessionOf } from '../testing/orderDesk.ts'
import { counts, type ReconciliationStage, startReconciliationStage } from '../testing/reconciliationStage.ts'

let stage: ReconciliationStage
beforeAll(async () => {
  stage = await startReconciliationStage()
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => stage.refresh())

const placeThree = async () => {
  const placed = [...Array(3).keys()].map(async () =>
    stage.desk.order(await stage.createEvent({ delayedPayments: true })),
  )
  const [first, broken, last] = await Promise.all(placed)
  if (!first || !broken || !last) throw new Error('three orders')
  return { sound: [first, last], broken, all: [first, broken, last] }
}

test('a payment that cannot be given to its order is told of once; all others get their tickets', async () => {
  const { sound, broken, all } = await placeThree()
  await stage.silently(() => {
    for (const placed of all) stage.twin.control.pay(sessionOf(placed))
  })
  const mend = await damageEvent(stage.database, 'ticketing.tickets', broken.order.eventId)
  const { report } = await stage.reconcile()
  expect(report.sessions).toEqual(counts({ read: 3, mended: 2, flagged: 1 }))
  expect(report.payments).toEqual(counts({ read: 3, agreed: 2, flagged: 1 }))
  expect(report.findings).toEqual([
    {
      kind: 'comparison_failed',
      subject: expect.stringMatching(/^comparison:intent:pi_/),
      detail: {
        eventId: broken.order.eventId,
        orderId: broken.order.id,
        sessionId: sessionOf(broken),
        paymentIntentId: expect.stringMatching(/^pi_/),
        error: expect.stringContaining('this event is damaged'),
      },
    },
  ])
  for (const placed of sound) expect((await stage.desk.show(placed)).status).toBe('fulfilled')

  expect((await stage.reconcile()).report.sessions).toEqual(counts({ read: 3, agreed: 2, stillFlagged: 1 }))
  await stage.kit.drain()
  expect(stage.alerts.map(({ code }) => code)).toEqual(['comparison_failed'])
  expect(JSON.stringify(stage.alerts)).not.toContain('ada@example.com')

  await mend()
  expect((await stage.reconcile()).report.sessions).toEqual(counts({ read: 3, agreed: 2, mended: 1 }))
  expect((await stage.desk.show(broken)).status).toBe('fulfilled')
  await stage.twin.control.advance(60_000)
  await stage.kit.jobs.run('send-alerts')
  expect(stage.resolvedAlerts.map(({ code }) => code)).toContain('comparison_failed')
})

test('a delayed payment of a damaged event keeps no other from being found', async () => {
  const { sound, broken, all } = await placeThree()
  for (const placed of all) stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
  await stage.twin.control.settled()
  await stage.twin.control.advance(5 * 24 * 3600_000)
  await stage.silently(() => {
    for (const placed of all) stage.twin.control.settlePayment(sessionOf(placed), true)
  })
  const mend = await damageEvent(stage.database, 'ticketing.tickets', broken.order.eventId)
  const { report } = await stage.reconcile()
  expect(report.pendingPayments).toEqual(counts({ read: 3, mended: 2, flagged: 1 }))
  expect(report.findings).toMatchObject([{ kind: 'comparison_failed', detail: { orderId: broken.order.id } }])
  for (const placed of sound) expect((await stage.desk.show(placed)).status).toBe('fulfilled')
  await mend()
  expect((await stage.reconcile()).report.pendingPayments).toEqual(counts({ read: 1, mended: 1 }))
})

test('a gateway that refuses our key ends the run, and raises nothing about payments', async () => {
  const { all } = await placeThree()
  for (const placed of all) stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
  await stage.twin.control.settled()
  await stage.twin.control.advance(5 * 24 * 3600_000)
  stage.twin.control.addFault({ kind: 'error', status: 401, method: 'GET', path: '/v1/checkout/sessions/*', times: 99 })
  await expect(stage.reconcile()).rejects.toMatchObject({ name: 'GatewayError', kind: 'unauthorized' })
  stage.twin.control.clearFaults()
  await stage.kit.drain()
  expect(stage.alerts).toEqual([])
  expect((await stage.reconcile()).report.pendingPayments).toMatchObject({ read: 3, agreed: 3 })
})
