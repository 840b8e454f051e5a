import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { type TestClock, testClock } from '../testing/testClock.ts'
import { openTestShop } from '../testing/testShop.ts'

let database: MigratableDatabase
let clock: TestClock

beforeAll(async () => {
  database = await createPgliteDatabase()
  clock = await testClock(database)
}, 60_000)
afterAll(() => database.close())

const takeDaily = (job: string, timeZone: string) =>
  database.call('venuekit.take_job_slot', {
    job,
    worker: 'w',
    every_seconds: null,
    daily_at: '02:00',
    time_zone: timeZone,
  })

/** The local dates on which a daily job ran while a ticker asked every 20 minutes. */
const runDays = async (job: string, timeZone: string, from: string, hours: number): Promise<string[]> => {
  const slots: string[] = []
  await clock.set(from)
  for (let minute = 0; minute < hours * 60; minute += 20) {
    const answer = await takeDaily(job, timeZone)
    if (answer.taken) {
      slots.push(answer.slot)
      await database.call('venuekit.finish_job_slot', {
        job,
        slot: answer.slot,
        run_id: answer.runId,
        failed: false,
        report: {},
      })
    }
    await clock.advance(20 * 60_000)
  }
  return slots
}

test('a daily job runs once a local date, also where the clocks skip its hour', async () => {
  // Chicago's 02:00 does not exist on 14 March 2027.
  expect(await runDays('spring', 'America/Chicago', '2027-03-13T06:00:00Z', 72)).toEqual([
    '2027-03-13',
    '2027-03-14',
    '2027-03-15',
  ])
})

test('a daily job runs once where the clocks repeat its hour', async () => {
  // Sydney has 02:00 twice on 4 April 2027.
  expect(await runDays('autumn', 'Australia/Sydney', '2027-04-02T14:00:00Z', 72)).toEqual([
    '2027-04-03',
    '2027-04-04',
    '2027-04-05',
  ])
})

test('a daily job that nobody asked about at 02:00 is due for the rest of the day', async () => {
  await clock.set('2027-06-01T06:59:00Z')
  expect(await takeDaily('late', 'America/Chicago')).toEqual({ taken: false, reason: 'not_due' })
  await clock.set('2027-06-02T04:59:00Z')
  expect(await takeDaily('late', 'America/Chicago')).toMatchObject({ taken: true, slot: '2027-06-01' })
  expect(await takeDaily('late', 'America/Chicago')).toEqual({ taken: false, reason: 'under_way' })
})

test('a period has one taker, who alone may finish it, once', async () => {
  await clock.set('2027-06-01T12:00:10Z')
  const take = (worker: string) =>
    database.call('venuekit.take_job_slot', {
      job: 'sweep',
      worker,
      every_seconds: 60,
      daily_at: null,
      time_zone: null,
    })
  const [first, second] = await Promise.all([take('a'), take('b')])
  expect([first?.taken, second?.taken]).toEqual([true, false])
  const finish = (runId: string) =>
    database.call('venuekit.finish_job_slot', {
      job: 'sweep',
      slot: first?.taken ? first.slot : '',
      run_id: runId,
      failed: false,
      report: { released: 3 },
    })
  expect(await finish(crypto.randomUUID())).toEqual({ outcome: 'lost' })
  const runId = first?.taken ? first.runId : ''
  expect(await finish(runId)).toEqual({ outcome: 'recorded' })
  expect(await finish(runId)).toEqual({ outcome: 'lost' })
  expect(await take('b')).toEqual({ taken: false, reason: 'taken' })
  await clock.advance(60_000)
  expect(await take('b')).toMatchObject({ taken: true })
})

const webhook = { account: 'acct', gateway_event_id: 'evt_1' }
const store = (id: string) =>
  database.call('venuekit.store_webhook', {
    account: 'acct',
    gateway_event_id: id,
    type: 'checkout.session.completed',
    mode: 'test',
    payload: { id },
  })

test('a webhook is stored once, stays pending until done, and backs off until it is dead', async () => {
  await clock.set('2027-06-01T12:00:00Z')
  expect(await store('evt_1')).toEqual({ status: 'pending' })
  expect(await store('evt_1')).toEqual({ status: 'pending' })
  expect(await database.call('venuekit.due_webhooks', { max_webhooks: 10 })).toEqual({ webhooks: [] })
  await clock.advance(60_000)
  expect(await database.call('venuekit.due_webhooks', { max_webhooks: 10 })).toMatchObject({
    webhooks: [{ gatewayEventId: 'evt_1', payload: { id: 'evt_1' }, tries: 0 }],
  })
  await database.call('venuekit.fail_webhook', { ...webhook, error: 'down' })
  expect(await database.call('venuekit.due_webhooks', { max_webhooks: 10 })).toEqual({ webhooks: [] })
  await clock.advance(15_000)
  expect(await database.call('venuekit.due_webhooks', { max_webhooks: 10 })).toMatchObject({ webhooks: [{ tries: 1 }] })
  expect(await database.call('venuekit.finish_webhook', { ...webhook, note: 'issued' })).toEqual({ outcome: 'done' })
  expect(await store('evt_1')).toEqual({ status: 'done' })

  await store('evt_2')
  const statuses: string[] = []
  for (let tries = 0; tries < 13; tries++) {
    const answer = await database.call('venuekit.fail_webhook', { ...webhook, gateway_event_id: 'evt_2', error: 'x' })
    statuses.push(answer.status)
  }
  expect(statuses.indexOf('dead')).toBe(11)
  expect(await store('evt_2')).toEqual({ status: 'dead' })
})

test('a message is leased to one worker, comes back when the lease ends, and only its holder ends it', async () => {
  await clock.set('2027-06-01T12:00:00Z')
  const shop = await openTestShop(database, { tiers: [{ priceMinor: 0 }] })
  await shop.complete(await shop.hold(), null, { kind: 'free' })
  const take = (worker: string) =>
    database.call('venuekit.take_messages', { max_messages: 10, worker, lease_seconds: 60 })
  const { messages } = await take('a')
  expect(messages.map(({ kind, version, tries }) => [kind, version, tries]).sort()).toEqual([
    ['fulfilled', 1, 0],
    ['tickets', 1, 0],
  ])
  expect(await take('b')).toEqual({ messages: [] })
  await clock.advance(60_000)
  expect((await take('b')).messages).toHaveLength(2)
  const id = messages[0]?.messageId ?? ''
  expect(await database.call('venuekit.finish_message', { message_id: id, worker: 'a' })).toEqual({ outcome: 'lost' })
  expect(await database.call('venuekit.finish_message', { message_id: id, worker: 'b' })).toEqual({ outcome: 'sent' })
  const other = messages[1]?.messageId ?? ''
  const fail = (worker: string) =>
    database.call('venuekit.fail_message', { message_id: other, worker, error: 'no route' })
  expect(await fail('a')).toEqual({ status: 'lost' })
  expect(await fail('b')).toEqual({ status: 'waiting' })
  await clock.advance(60 * 60_000)
  let last = ''
  for (let tries = 0; tries < 12 && last !== 'dead'; tries++) {
    await clock.advance(60 * 60_000)
    await take('c')
    last = (await fail('c')).status
  }
  expect(last).toBe('dead')
})

test('tickets are sent again at most once in five minutes and ten times in all, for that address alone', async () => {
  await clock.set('2027-06-01T12:00:00Z')
  const shop = await openTestShop(database, { tiers: [{ priceMinor: 0 }] })
  await shop.complete(await shop.hold(), null, { kind: 'free' })
  const resend = async (email: string, venueId = shop.venueId) =>
    (await database.call('ticketing.request_resend', { event_id: shop.eventId, venue_id: venueId, email })).queued
  const sendAll = () => shop.query("update venuekit.outbox set status = 'sent' where event_id = $1", [shop.eventId])
  expect(await resend('ada@example.com')).toBe(0)
  await sendAll()
  await clock.advance(6 * 60_000)
  expect(await resend('nobody@example.com')).toBe(0)
  expect(await resend('ada@example.com', crypto.randomUUID())).toBe(0)
  expect(await resend('ADA@example.com')).toBe(1)
  expect(await resend('ada@example.com')).toBe(0)
  let queued = 1
  for (let times = 0; times < 20; times++) {
    await sendAll()
    await clock.advance(6 * 60_000)
    queued += await resend('ada@example.com')
  }
  expect(queued).toBe(9)
})

test('a purchase is claimed by one caller, once it is fulfilled', async () => {
  const shop = await openTestShop(database, { tiers: [{ priceMinor: 0 }] })
  const orderId = await shop.hold()
  const claim = async () =>
    (await database.call('ticketing.claim_purchase', { event_id: shop.eventId, order_id: orderId })).claimed
  expect(await claim()).toBe(false)
  await shop.complete(orderId, null, { kind: 'free' })
  expect([await claim(), await claim()]).toEqual([true, false])
})
