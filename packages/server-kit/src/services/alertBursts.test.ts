import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestSink } from '../testing/createTestSink.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

const sink = createTestSink('pager')
let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit({ alerts: [sink], alertTiming: { burstMessages: 5 } })
}, 60_000)
afterAll(() => stage.close())

const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
const send = async (afterMinutes = 1.1) => {
  await minutes(afterMinutes)
  await stage.kit.jobs.run('send-alerts', { extra: true })
  return sink.taken.splice(0)
}
beforeEach(async () => {
  await stage.database.withOwner(connection => connection.exec('delete from venuekit.alerts'))
  await send(10)
  Object.assign(sink, { taken: [], failures: [], whileSending: null })
})

const paid = (name: string, amount = 1) => ({
  fingerprint: `x:${name}`,
  kind: 'paid_without_tickets',
  detail: { summary: name, amount, venue: 'one' },
})
/** One look that finds these, and nothing else wrong. */
const settle = (...wrong: { fingerprint: string; kind: string; detail: Record<string, unknown> }[]) =>
  stage.database.call('venuekit.settle_alerts', { scope: 'x:', wrong, looked_at: stage.twin.control.clock().now })
const shows = (count: number) => Array.from({ length: count }, (_, n) => paid(`show ${String(n).padStart(3, '0')}`, 2))

test('what a burst raises at once is one message for each hundred, with their number and the first of them', async () => {
  await settle(...shows(250), { ...paid('one'), fingerprint: 'x:drift', kind: 'counter_drift' })
  const taken = await send()
  const burst = taken.filter(({ code }) => code === 'paid_without_tickets')
  expect(burst.map(({ alerts }) => alerts.length)).toEqual([100, 100, 50])
  expect(burst[0]).toMatchObject({
    news: 'raised',
    amount: 200,
    command: 'venuekit audit --event EVENT',
    text: 'Paid without tickets: 100 at once: show 000 – 2; show 001 – 2; show 002 – 2; show 003 – 2; show 004 – 2; and 95 more',
  })
  expect(burst[0]?.fields).toEqual({ venue: 'one' })
  const told = burst.flatMap(({ alerts }) => alerts)
  expect(new Set(told.map(({ summary }) => summary)).size).toBe(250)
  expect(new Set([...told, ...burst].map(({ id }) => id)).size).toBe(253)
  expect(taken.filter(({ code }) => code === 'counter_drift')).toHaveLength(1)
  expect(await send(10)).toEqual([])

  await settle()
  const over = await send()
  expect(over.filter(({ news }) => news === 'resolved').flatMap(({ alerts }) => alerts)).toHaveLength(251)
  expect(over).toHaveLength(4)
})

test('what comes one by one is told singly five times, and then together once five minutes are over', async () => {
  const all = shows(12)
  const heard: number[] = []
  for (let count = 1; count <= 12; count += 1) {
    await settle(...all.slice(0, count))
    heard.push(...(await send(0.05)).map(({ alerts }) => alerts.length))
  }
  expect(heard).toEqual([1, 1, 1, 1, 1])
  const rest = await send(5)
  expect(rest.map(({ alerts }) => alerts.length)).toEqual([7])
  expect(await send(10)).toEqual([])
})

test('up to five at once are told singly, each with its own command', async () => {
  const eventIds = Array.from({ length: 5 }, () => crypto.randomUUID())
  await settle(...eventIds.map(eventId => ({ ...paid(eventId), detail: { summary: 'Late Set', eventId } })))
  const taken = await send()
  expect(taken.map(({ command }) => command).sort()).toEqual(
    eventIds.map(eventId => `venuekit audit --event ${eventId}`).sort(),
  )
})

test('a burst that its sink does not take is lost as little as a single alert', async () => {
  sink.failures = [new Error('down')]
  await settle(...shows(30))
  expect(await send()).toEqual([])
  const [again, ...others] = await send()
  expect(again?.alerts).toHaveLength(30)
  expect(others).toEqual([])
})

test('a burst of what came and went has its end told as well', async () => {
  sink.failures = [new Error('down')]
  await settle(...shows(7))
  await send()
  await settle()
  const taken = [...(await send()), ...(await send())]
  expect(taken.map(({ news, alerts }) => [news, alerts.length])).toEqual([
    ['raised', 7],
    ['resolved', 7],
  ])
  expect(taken[0]?.text).toContain('show 000 – 2 (over by now)')
})
