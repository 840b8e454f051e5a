import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit({ alerts: [], alertRules: { refunds_by_hand: false } })
}, 60_000)
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.database.withOwner(connection => connection.exec('delete from venuekit.alerts'))
  await hear()
})

const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
const record = (tell: boolean, { fingerprint = 'odd', once = false } = {}) =>
  stage.database.call('venuekit.record_alert', { fingerprint, kind: 'backlog', detail: {}, once, tell })
const resolve = () => stage.database.call('venuekit.resolve_alert', { fingerprint: 'odd' })
/** What the sink is told next, all of which it takes. */
const hear = async (sink = 'pager') => {
  await minutes(1)
  const own = { sink, worker: 'w' }
  const { alerts } = await stage.database.call('venuekit.take_alerts', {
    ...own,
    max_messages: 50,
    lease_seconds: 60,
    cool_down_seconds: 1,
    remind_seconds: null,
    burst_messages: 100,
  })
  for (const { fingerprint, news, episode, amount } of alerts) {
    await stage.database.call('venuekit.finish_alerts', { ...own, news, alerts: [{ fingerprint, episode, amount }] })
  }
  return alerts.map(({ news, kind }) => `${news} ${kind}`)
}

test('nobody hears of an alert that is switched off, neither when it is raised nor when it is over', async () => {
  expect(await record(false)).toMatchObject({ owed: false })
  expect(await hear()).toEqual([])
  await resolve()
  expect(await hear()).toEqual([])
})

test('a sink that is new hears of nothing that is switched off', async () => {
  await record(false)
  await record(false, { fingerprint: 'a fact', once: true })
  await record(true, { fingerprint: 'told' })
  expect(await hear('brand-new')).toEqual(['raised backlog'])
  const owed = await stage.database.withOwner(connection =>
    connection.query("select fingerprint from venuekit.alert_deliveries where sink = 'brand-new'"),
  )
  expect(owed).toEqual([{ fingerprint: 'told' }])
})

test('what is still open when it is switched on again is told of then, once, and told to be over', async () => {
  await record(false)
  expect(await record(true)).toMatchObject({ owed: true })
  expect(await record(true)).toMatchObject({ owed: false })
  expect(await hear()).toEqual(['raised backlog'])
  expect(await hear()).toEqual([])
  await resolve()
  expect(await hear()).toEqual(['resolved backlog'])
})

test('what happened while it was switched off is told of no more', async () => {
  await record(false, { once: true })
  expect(await record(true, { once: true })).toMatchObject({ owed: false })
  expect(await hear()).toEqual([])
})

test('an opening while it is switched off is told of to nobody, though the one before was', async () => {
  await record(true)
  expect(await hear()).toEqual(['raised backlog'])
  await resolve()
  expect(await hear()).toEqual(['resolved backlog'])
  await minutes(1)
  await record(false)
  expect(await hear()).toEqual([])
  expect(await hear('another new one')).toEqual([])
  await resolve()
  expect(await hear()).toEqual([])
})

test('the end of an opening that was told of is told though the next one is not', async () => {
  await record(true)
  expect(await hear()).toEqual(['raised backlog'])
  await resolve()
  await record(false)
  expect(await hear()).toEqual([])
  await resolve()
  expect(await hear()).toEqual(['resolved backlog'])
})

/** Cancelled, with an order that was paid at the door. */
const cancelShow = async () => {
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
      ...{ kind: 'external', method: 'cash', reference: null },
      ...{ paymentId: crypto.randomUUID(), amountMinor: 2500, currency: 'USD' },
    },
    source: { kind: 'door', actor: 'Ida' },
  })
  await stage.database.call('ticketing.cancel_event', { event_id: event.id, actor: 'Ida', reason: null })
  return event.id
}
const kept = () => stage.database.withOwner(connection => connection.query('select kind from venuekit.alerts'))

test('a cancelled show tells nobody of money to pay back by hand where the host has that switched off', async () => {
  await cancelShow()
  expect(await stage.kit.jobs.run('cancel-events')).toMatchObject({ report: { byHand: 1 } })
  expect(await hear()).toEqual([])
  expect(await kept()).toEqual([{ kind: 'refunds_by_hand' }])
})

test('money to pay back by hand is told of though the process that called the show off died', async () => {
  const called = { event_id: await cancelShow(), max_orders: 10 }
  expect(await stage.database.call('ticketing.call_off_orders', called)).toMatchObject({ byHand: 1 })
  expect(await hear()).toEqual(['raised refunds_by_hand'])
})
