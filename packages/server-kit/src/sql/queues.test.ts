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
  // Another delivery of it that failed meanwhile: the gateway need not send it again.
  expect(await database.call('venuekit.fail_webhook', { ...webhook, error: 'down' })).toEqual({ status: 'done' })

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
