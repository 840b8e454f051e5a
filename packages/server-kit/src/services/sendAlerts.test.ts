import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { RaisedAlert } from '../ports/alerts.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

const taken: RaisedAlert[] = []
/** Tries that fail before the sink is well again. */
let failures = 0
let whileSending: (() => Promise<unknown>) | null = null

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  stage = await startTestKit({
    alerts: {
      async raise(alert) {
        await whileSending?.()
        if (failures-- > 0) throw new Error('the sink is down')
        taken.push(alert)
      },
    },
  })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())
beforeEach(async () => {
  taken.length = 0
  failures = 0
  whileSending = null
  await stage.twin.control.advance(3600_000)
})

const record = (fingerprint: string, once: boolean) =>
  stage.database.call('venuekit.record_alert', { fingerprint, kind: 'odd', detail: { summary: 'Odd', n: 1 }, once })

const resolve = (fingerprint: string) => stage.database.call('venuekit.resolve_alert', { fingerprint })

const send = async () => {
  await stage.twin.control.advance(61_000)
  return stage.kit.jobs.run('send-alerts')
}

test('a sink that is down delays an alert, loses nothing and fails nothing that raised it', async () => {
  failures = 3
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  stage.twin.control.dispute(await money.chargeOf(placed))
  await money.settled()
  expect(taken).toEqual([])
  expect(stage.logged.filter(({ message }) => message === 'an alert was not taken')).toHaveLength(1)
  expect(await send()).toMatchObject({ report: { sent: 0, failed: 1 } })
  expect(await send()).toMatchObject({ report: { sent: 0, failed: 1 } })
  await stage.twin.control.advance(900_000)
  expect(await send()).toMatchObject({ report: { sent: 1, failed: 0 } })
  expect(taken).toMatchObject([{ code: 'dispute_open', fields: { orderId: placed.order.id } }])
  expect(await send()).toMatchObject({ report: { sent: 0, failed: 0 } })
})

test('an alert that a process died over is sent by the next one', async () => {
  await record('died', false)
  const died = { max_alerts: 10, worker: 'died', lease_seconds: 120 }
  expect((await stage.database.call('venuekit.take_alerts', died)).alerts).toMatchObject([{ fingerprint: 'died' }])
  expect(await send()).toMatchObject({ report: { sent: 0 } })
  await stage.twin.control.advance(120_000)
  expect(await send()).toMatchObject({ report: { sent: 1 } })
  expect(taken).toMatchObject([{ code: 'odd', summary: 'Odd', fields: { n: 1 }, resolvedAt: null }])
})

test('what lasts is told of once while it is open, and anew when it comes back', async () => {
  await record('lasting', false)
  await record('lasting', false)
  await send()
  await record('lasting', false)
  await send()
  expect(taken).toHaveLength(1)
  await resolve('lasting')
  await stage.twin.control.advance(1000)
  await record('lasting', false)
  await send()
  expect(taken).toHaveLength(2)
  expect(new Set(taken.map(({ id }) => id)).size).toBe(2)
})

test('what was over before the sink was well is told of all the same, and says so', async () => {
  failures = 1
  await record('short', false)
  await send()
  await resolve('short')
  await stage.twin.control.advance(60_000)
  await send()
  expect(taken).toMatchObject([{ summary: 'Odd', resolvedAt: expect.any(String) }])
})

test('one that opens anew while it is being sent is sent again', async () => {
  await record('reopened', false)
  whileSending = async () => {
    whileSending = null
    await resolve('reopened')
    await stage.twin.control.advance(1000)
    await record('reopened', false)
  }
  await send()
  await send()
  expect(taken).toHaveLength(2)
})

test('what happened is told of once, however often it is heard of', async () => {
  for (let times = 0; times < 3; times += 1) {
    await record('happened', true)
    await send()
  }
  expect(taken).toHaveLength(1)
})

test('money to pay back by hand is told of though the process that called the show off died', async () => {
  const event = await stage.createEvent()
  await stage.database.call('ticketing.create_house_order', {
    event_id: event.id,
    order_id: crypto.randomUUID(),
    kind: 'door',
    client_key: crypto.randomUUID(),
    request_hash: 'h',
    items: [{ tierId: event.tiers[0]?.id ?? '', quantity: 1 }],
    buyer: { name: 'Guest', email: 'guest@example.com' },
    payment: {
      kind: 'external',
      paymentId: crypto.randomUUID(),
      amountMinor: 2500,
      currency: 'USD',
      method: 'cash',
      reference: null,
    },
    source: { kind: 'door', actor: 'Ida' },
  })
  await stage.database.call('ticketing.cancel_event', { event_id: event.id, actor: 'Ida', reason: null })
  expect(await stage.database.call('ticketing.call_off_orders', { event_id: event.id, max_orders: 10 })).toMatchObject({
    byHand: 1,
  })
  await send()
  expect(taken).toMatchObject([{ code: 'refunds_by_hand', fields: { eventId: event.id, orders: 1 } }])
})
