import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { AlertSinkError } from '../ports/alertSinkError.ts'
import { createTestSink, type TestSink } from '../testing/createTestSink.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import type { KitContext } from './kitContext.ts'
import { sendAlerts } from './sendAlerts.ts'

const sink = createTestSink('first')
const other = createTestSink('second')
let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  stage = await startTestKit({
    alerts: [sink, other],
    alertTiming: { coolDownSeconds: 1800, remindSeconds: 86_400, burstMessages: 100 },
    alertRules: { stale_jobs: false, dispute_lost: false },
  })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())

const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
const down = (times: number) => Array.from({ length: times }, () => new Error('the sink is down'))
const send = async (afterMinutes = 1.1) => {
  await minutes(afterMinutes)
  return stage.kit.jobs.run('send-alerts')
}
beforeEach(async () => {
  for (const { fingerprint } of await open()) await resolve(fingerprint)
  await send(120)
  await send()
  for (const one of [sink, other]) Object.assign(one, { taken: [], failures: [], whileSending: null })
})

const open = () =>
  stage.database.withOwner(connection =>
    connection.query<{ fingerprint: string }>('select fingerprint from venuekit.alerts where resolved_at is null'),
  )
const record = (fingerprint: string, { amount = 1, once = false } = {}) =>
  stage.database.call('venuekit.record_alert', {
    fingerprint,
    kind: 'backlog',
    detail: { summary: 'Odd', amount },
    once,
  })
/** As a node asks that dies over what it got. */
const asking = (name: string) => ({
  ...{ sink: name, max_messages: 50, worker: 'died', lease_seconds: 120 },
  ...{ cool_down_seconds: 60, remind_seconds: null, burst_messages: 100 },
})
const resolve = (fingerprint: string) => stage.database.call('venuekit.resolve_alert', { fingerprint })
const news = ({ taken }: TestSink) => taken.map(message => message.news)

test('a sink that is down delays an alert, loses nothing and fails nothing that raised it', async () => {
  sink.failures = down(3)
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  stage.twin.control.dispute(await money.chargeOf(placed))
  await money.settled()
  expect(sink.taken).toEqual([])
  expect(stage.logged.filter(({ message }) => message === 'an alert was not taken')).toHaveLength(1)
  expect(await send()).toMatchObject({ report: { sent: 0, failed: 1 } })
  expect(await send()).toMatchObject({ report: { sent: 0, failed: 1 } })
  expect(await send(15)).toMatchObject({ report: { sent: 1, failed: 0 } })
  expect(sink.taken).toMatchObject([{ code: 'dispute_open', news: 'raised', fields: { orderId: placed.order.id } }])
  expect(await send()).toMatchObject({ report: { sent: 0, failed: 0 } })
})

test('one sink that is down neither delays nor doubles the other', async () => {
  sink.failures = down(2)
  await record('apart')
  await send()
  expect([sink.taken.length, other.taken.length]).toEqual([0, 1])
  await send()
  await send(5)
  expect([sink.taken.length, other.taken.length]).toEqual([1, 1])
  await send(5)
  expect([sink.taken.length, other.taken.length]).toEqual([1, 1])
})

test('a sink that is down is asked once, not once for each alert that waits', async () => {
  sink.failures = down(2)
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await record(name)
  expect(await send()).toMatchObject({ report: { sent: 7, failed: 1 } })
  await record('h')
  const atOnce = await stage.kit.jobs.run('send-alerts', { extra: true })
  expect(atOnce).toMatchObject({ report: { sent: 1, failed: 0 } })
  sink.failures = []
  expect(await send()).toMatchObject({ report: { sent: 8, failed: 0 } })
  expect(new Set(sink.taken.map(({ id }) => id)).size).toBe(8)
})

test('a message that its sink refuses keeps no other waiting', async () => {
  sink.failures = [new AlertSinkError('not this one', { messageOnly: true })]
  await record('refused')
  await minutes(1)
  await record('fine')
  expect(await send()).toMatchObject({ report: { sent: 3, failed: 1 } })
  expect(sink.taken).toHaveLength(1)
  await send()
  expect(sink.taken).toHaveLength(2)
})

test('a sink that asks for patience is left alone for so long, and for an hour at most', async () => {
  sink.failures = [new AlertSinkError('too fast', { retryAfterSeconds: 1200 })]
  await record('limited')
  await send()
  await send(18)
  expect(sink.taken).toEqual([])
  await send(3)
  expect(sink.taken).toHaveLength(1)
  sink.failures = [new AlertSinkError('too fast', { retryAfterSeconds: 1e12 })]
  await record('limited again')
  await send()
  await send(62)
  expect(news(sink).filter(what => what === 'raised')).toHaveLength(2)
})

test('a sink that throws what cannot be kept, and asks for no time at all, is left alone as any other', async () => {
  sink.failures = [new AlertSinkError('4\0\ud83d', { retryAfterSeconds: Number('soon') })]
  await record('odd')
  expect(await send()).toMatchObject({ report: { sent: 1, failed: 1 } })
  await send()
  expect(sink.taken).toHaveLength(1)
})

test('a sink that hangs counts as down', async () => {
  sink.whileSending = () => new Promise(() => {})
  await record('hangs')
  const late = new AbortController()
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => late.signal)
  const sent = send()
  await vi.waitFor(() => expect(other.taken).toHaveLength(1), 20_000)
  late.abort()
  expect(await sent).toMatchObject({ report: { sent: 1, failed: 1 } })
  vi.restoreAllMocks()
  sink.whileSending = null
  await send()
  expect([sink.taken.length, other.taken.length]).toEqual([1, 1])
})

test('a job that is told to end sends what it has begun, and the rest goes with a later one', async () => {
  for (const name of ['a', 'b', 'c']) await record(name)
  const ending = new AbortController()
  const context = {
    database: stage.database,
    alertSinks: [sink],
    worker: 'ends',
    alertTiming: { coolDownSeconds: 60, remindSeconds: null, burstMessages: 100 },
  }
  sink.whileSending = async () => ending.abort()
  const report = await sendAlerts(context as unknown as KitContext, ending.signal)
  expect(report).toEqual({ sent: 1, failed: 0 })
  expect(await sendAlerts(context as unknown as KitContext, ending.signal)).toEqual({ sent: 0, failed: 0 })
  await send(3)
  expect(sink.taken).toHaveLength(3)
})

test('an alert that a process died over is sent by the next one', async () => {
  await record('died')
  expect((await stage.database.call('venuekit.take_alerts', asking('first'))).alerts).toMatchObject([
    { fingerprint: 'died' },
  ])
  await send()
  expect(sink.taken).toEqual([])
  await send(2)
  expect(sink.taken).toMatchObject([{ code: 'backlog', summary: 'Odd', resolvedAt: null }])
})

test('what lasts is told of once while it is open, with a reminder a day later, and told to be over', async () => {
  await record('lasting')
  await record('lasting')
  await send()
  await record('lasting')
  await send()
  await send(600)
  expect(news(sink)).toEqual(['raised'])
  await send(24 * 60)
  expect(news(sink)).toEqual(['raised', 'reminder'])
  await resolve('lasting')
  await send()
  await send()
  expect(news(sink)).toEqual(['raised', 'reminder', 'resolved'])
  expect(sink.taken.map(({ text }) => text)).toEqual([
    'A queue does not get on: Odd',
    'Still: A queue does not get on: Odd',
    'Resolved: A queue does not get on: Odd',
  ])
  expect(new Set(sink.taken.map(({ id }) => id)).size).toBe(3)
})

test('what comes and goes is told once in a cool-down, and told to be over as often', async () => {
  for (let times = 0; times < 5; times += 1) {
    await record('flapping')
    await send()
    await resolve('flapping')
    await send()
  }
  expect(news(sink)).toEqual(['raised', 'resolved'])
  await record('flapping')
  await send()
  expect(sink.taken).toHaveLength(2)
  await send(30)
  expect(sink.taken.slice(2)).toMatchObject([{ news: 'raised', text: 'A queue does not get on: Odd (opened 6 times)' }])
})

test('one that opens anew before it was told to be over is told to be over once it is', async () => {
  await record('again')
  await send()
  await resolve('again')
  await record('again')
  await send()
  expect(news(sink)).toEqual(['raised'])
  await resolve('again')
  await send()
  expect(news(sink)).toEqual(['raised', 'resolved'])
})

test('what grows is told again after the cool-down, with how much it was', async () => {
  await record('growing', { amount: 4 })
  await send()
  await record('growing', { amount: 9 })
  await send()
  await record('growing', { amount: 12 })
  await send()
  expect(sink.taken).toHaveLength(1)
  await send(30)
  await send(30)
  expect(sink.taken.slice(1)).toMatchObject([
    { news: 'grown', amountBefore: 4, text: 'Worse: A queue does not get on: Odd – 12 (4 before)' },
  ])
  await record('growing', { amount: 3 })
  await send(120)
  expect(sink.taken).toHaveLength(2)
})

test('what was over before the sink was well is told of all the same, and then told to be over', async () => {
  sink.failures = down(1)
  await record('short')
  await send()
  await resolve('short')
  await send()
  await send()
  expect(sink.taken).toMatchObject([{ news: 'raised', resolvedAt: expect.any(String) }, { news: 'resolved' }])
})

test('one that opens anew while it is being sent is counted, and not sent again at once', async () => {
  await record('reopened')
  sink.whileSending = async () => {
    sink.whileSending = null
    await resolve('reopened')
    await record('reopened')
  }
  await send()
  await send()
  expect(news(sink)).toEqual(['raised'])
  await send(30)
  expect(sink.taken.slice(1)).toMatchObject([{ news: 'raised', episode: 2 }])
})

test('what happened is told of once, however often it is heard of', async () => {
  for (let times = 0; times < 3; times += 1) {
    await record('happened', { once: true })
    await send(60)
  }
  expect(news(sink)).toEqual(['raised'])
})

test('what the host has switched off is kept, and told to nobody', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  const dispute = stage.twin.control.dispute(await money.chargeOf(placed))
  await money.settled()
  stage.twin.control.closeDispute(dispute.id, false)
  await money.settled()
  await send()
  expect(sink.taken.map(({ code }) => code)).toEqual(['dispute_open'])
})

test('a sink that is new hears of what is open, and of no old story', async () => {
  await record('old story', { once: true })
  await send()
  await minutes(2 * 24 * 60)
  await record('still open')
  await send()
  const { alerts } = await stage.database.call('venuekit.take_alerts', asking('brand-new'))
  const told = alerts.map(({ fingerprint }) => fingerprint)
  expect(told).toContain('still open')
  expect(told).not.toContain('old story')
})
