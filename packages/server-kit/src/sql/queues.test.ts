import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import type { MessageRecipient, OutboxMessage } from '../ports/venuekitFunctions.ts'
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
const takeMessages = async (change: {
  recipient?: MessageRecipient
  worker?: string
  busy_ids?: string[]
}): Promise<OutboxMessage[]> => {
  const args = { recipient: 'buyer', max_messages: 1, worker: 'w', lease_seconds: 60, busy_ids: [] } as const
  return (await database.call('venuekit.take_messages', { ...args, ...change })).messages
}
const store = (id: string) =>
  database.call('venuekit.store_webhook', {
    account: 'acct',
    gateway_event_id: id,
    type: 'checkout.session.completed',
    mode: 'test',
    payload: { id },
  })
const fail = (id: string, is_outage = false) =>
  database.call('venuekit.fail_webhook', { ...webhook, gateway_event_id: id, error: 'down', is_outage })

test('a webhook is stored once, stays pending until done, and backs off until it is dead', async () => {
  await clock.set('2027-06-01T12:00:00Z')
  expect(await store('evt_1')).toEqual({ status: 'pending' })
  expect(await store('evt_1')).toEqual({ status: 'pending' })
  expect(await database.call('venuekit.due_webhooks', { max_webhooks: 10 })).toEqual({ webhooks: [] })
  await clock.advance(60_000)
  expect(await database.call('venuekit.due_webhooks', { max_webhooks: 10 })).toMatchObject({
    webhooks: [{ gatewayEventId: 'evt_1', payload: { id: 'evt_1' }, tries: 0 }],
  })
  await fail('evt_1')
  expect(await database.call('venuekit.due_webhooks', { max_webhooks: 10 })).toEqual({ webhooks: [] })
  await clock.advance(15_000)
  expect(await database.call('venuekit.due_webhooks', { max_webhooks: 10 })).toMatchObject({ webhooks: [{ tries: 1 }] })
  expect(await database.call('venuekit.finish_webhook', { ...webhook, note: 'issued' })).toEqual({ outcome: 'done' })
  expect(await store('evt_1')).toEqual({ status: 'done' })
  // Another delivery of it that failed meanwhile: the gateway need not send it again.
  expect(await fail('evt_1')).toEqual({ status: 'done' })

  await store('evt_2')
  const statuses: string[] = []
  for (let tries = 0; tries < 13; tries++) {
    statuses.push((await fail('evt_2')).status)
  }
  expect(statuses.indexOf('dead')).toBe(11)
  expect(await store('evt_2')).toEqual({ status: 'dead' })
})

test('an outage costs a webhook no try for three days, and it is tried every few minutes all the while', async () => {
  await clock.set('2027-06-01T12:00:00Z')
  await store('evt_3')
  const due = async () =>
    (await database.call('venuekit.due_webhooks', { max_webhooks: 10 })).webhooks.filter(
      ({ gatewayEventId }) => gatewayEventId === 'evt_3',
    )
  const waits: number[] = []
  for (let hours = 0; hours < 3; hours += 1) {
    expect(await fail('evt_3', true)).toEqual({ status: 'pending' })
    let seconds = 0
    for (; (await due()).length === 0; seconds += 5) await clock.advance(5000)
    waits.push(seconds)
    await clock.advance(3600_000)
  }
  expect(waits).toEqual([15, 240, 240])
  expect(await due()).toMatchObject([{ tries: 0 }])
  await clock.set('2027-06-04T12:00:01Z')
  for (let tries = 1; tries < 12; tries += 1) expect(await fail('evt_3', true)).toEqual({ status: 'pending' })
  expect(await fail('evt_3', true)).toEqual({ status: 'dead' })
})

test('a message is leased to one worker, comes back when the lease ends, and only its holder ends it', async () => {
  await clock.set('2027-06-01T12:00:00Z')
  const shop = await openTestShop(database, { tiers: [{ priceMinor: 0 }] })
  await shop.complete(await shop.hold(), null, { kind: 'free' })
  const take = (worker: string, recipient: MessageRecipient = 'buyer') => takeMessages({ worker, recipient })
  const [mail] = await take('a')
  const [call] = await take('a', 'host')
  expect([mail, call]).toMatchObject([
    { kind: 'tickets', version: 1, tries: 0 },
    { kind: 'fulfilled', version: 1, tries: 0 },
  ])
  expect(await take('b')).toEqual([])
  await clock.advance(60_000)
  expect([await take('b'), await take('b', 'host')]).toMatchObject([[{ tries: 1 }], [{ tries: 1 }]])
  const id = mail?.messageId ?? ''
  expect(await database.call('venuekit.finish_message', { message_id: id, worker: 'a' })).toEqual({ outcome: 'lost' })
  expect(await database.call('venuekit.finish_message', { message_id: id, worker: 'b' })).toEqual({ outcome: 'sent' })
  const other = call?.messageId ?? ''
  const fail = (worker: string) =>
    database.call('venuekit.fail_message', { message_id: other, worker, error: 'no route' })
  expect(await fail('a')).toEqual({ status: 'lost' })
  expect(await fail('b')).toEqual({ status: 'waiting' })
  let last = ''
  for (let tries = 2; tries < 40 && last !== 'dead'; tries++) {
    await clock.advance(60 * 60_000)
    await take('c', 'host')
    last = (await fail('c')).status
  }
  expect(last).toBe('dead')
})

test('what belongs to busy events and orders is left for later, and keeps nothing else from being taken', async () => {
  await clock.set('2027-06-01T12:00:00Z')
  const [busy, other] = [await openTestShop(database), await openTestShop(database)]
  const queue = async ({ eventId, query }: typeof busy, hour: number) => {
    const orderId = crypto.randomUUID()
    await query(
      `insert into venuekit.outbox (message_id, kind, event_id, order_id, version, created_at, due_at)
       values (gen_random_uuid(), 'tickets', $1, $2, 1, venuekit.clock(), $3)`,
      [eventId, orderId, `2027-05-01T0${hour}:00:00Z`],
    )
    return orderId
  }
  const first = await queue(busy, 1)
  const second = await queue(other, 2)
  const third = await queue(other, 3)
  expect(await takeMessages({ busy_ids: [busy.eventId, second] })).toMatchObject([{ orderId: third }])
  expect(await takeMessages({ busy_ids: [busy.eventId] })).toMatchObject([{ orderId: second }])
  expect(await takeMessages({})).toMatchObject([{ orderId: first }])
})

test('a message whose worker dies at every try is given up as well', async () => {
  await clock.set('2027-06-01T12:00:00Z')
  const shop = await openTestShop(database, { tiers: [{ priceMinor: 0 }] })
  await shop.complete(await shop.hold(), null, { kind: 'free' })
  await database.withOwner(connection =>
    connection.exec(`delete from venuekit.outbox where event_id <> '${shop.eventId}'`),
  )
  let tries = 0
  for (; (await takeMessages({ recipient: 'host' })).length > 0; tries += 1) await clock.advance(60_000)
  expect(tries).toBe(30)
  expect(await shop.query("select status, last_error from venuekit.outbox where kind = 'fulfilled'")).toEqual([
    { status: 'dead', last_error: 'its worker died each time' },
  ])
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
