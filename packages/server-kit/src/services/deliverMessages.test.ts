import type { Order } from '@venuekit/core/contracts'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Mail } from '../ports/messages.ts'
import { createOrderDesk, type OrderDesk } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
const mails: Mail[] = []
const told: Order[] = []
let broken: 'mail' | 'host' | null = null
let whileSending: (() => Promise<void>) | null = null
let whileTelling: ((order: Order) => Promise<void>) | null = null
/** Told of each that went out. */
let watch = () => {}
/** Once that is so. */
const until = (holds: () => boolean) =>
  new Promise<void>(resolve => {
    watch = () => void (holds() && resolve())
    watch()
  })

beforeAll(async () => {
  stage = await startTestKit({
    messages: {
      async send(mail) {
        // As mail servers say it, and worse than they do.
        if (broken === 'mail') throw new Error(`550 <${mail.to.email}>: mailbox\0full`)
        await whileSending?.()
        mails.push(mail)
        watch()
      },
    },
    async onFulfilled(order) {
      if (broken === 'host') throw new Error('the host is down')
      await whileTelling?.(order)
      told.push(order)
      watch()
    },
  })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/shows`)
}, 60_000)
afterAll(() => stage.close())
beforeEach(async () => {
  broken = null
  whileSending = null
  whileTelling = null
  vi.useRealTimers()
  await stage.kit.drain()
  mails.splice(0)
  told.splice(0)
})

const freeEvent = (name = 'Late Set') => stage.createEvent({ name, tiers: [newTier({ name, priceMinor: 0 })] })

test('a fulfilled order is mailed with its link, and the host is told, once each', async () => {
  const placed = await desk.order(await freeEvent())
  await stage.kit.drain()
  expect(mails).toMatchObject([
    {
      kind: 'tickets',
      to: { name: 'Ada Buyer', email: 'ada@example.com' },
      subject: 'Your tickets for Late Set',
      orderUrl: `${stage.venue.origin}/shows#venuekit-order=${placed.orderToken}`,
    },
  ])
  expect(mails[0]?.text).toContain(mails[0]?.orderUrl)
  expect(told).toMatchObject([{ id: placed.order.id, status: 'fulfilled' }])
  expect(told[0]?.tickets[0]?.code).toMatch(/^VK1:/)
  await stage.twin.control.advance(60 * 60_000)
  await stage.kit.jobs.run('send-messages')
  expect(mails).toHaveLength(1)
  expect(told).toHaveLength(1)
})

test('what a person wrote is text in the mail, never markup', async () => {
  const event = await freeEvent('<img src=x onerror=alert(1)> & "Co"')
  await desk.send({ ...desk.cart(event), buyer: { name: "<b>O'Hara</b>", email: 'o@example.com' } })
  await stage.kit.drain()
  const html = mails[0]?.html ?? ''
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Co&quot;')
  expect(html).toContain('&lt;b&gt;O&#39;Hara&lt;/b&gt;')
  expect(html).not.toContain('<img')
})

test.each(['mail', 'host'] as const)('a %s that fails is tried again later and not lost', async part => {
  broken = part
  await desk.order(await freeEvent())
  await stage.kit.drain()
  expect(part === 'mail' ? mails : told).toHaveLength(0)
  expect(part === 'mail' ? told : mails).toHaveLength(1)
  broken = null
  await stage.kit.jobs.run('send-messages')
  await stage.twin.control.advance(60 * 60_000)
  await stage.kit.jobs.run('send-messages')
  expect(mails).toHaveLength(1)
  expect(told).toHaveLength(1)
})

test('a message that fails for days is given up, and a person is told', async () => {
  broken = 'mail'
  await desk.order(await freeEvent())
  await stage.kit.drain()
  stage.alerts.splice(0)
  for (let turn = 0; turn < 40 && stage.alerts.length === 0; turn += 1) {
    await stage.twin.control.advance(24 * 3_600_000)
    await stage.kit.jobs.run('send-messages')
  }
  await stage.kit.drain()
  expect(stage.alerts).toMatchObject([{ code: 'unsent_messages', fields: { amount: 1 } }])
})

test('tickets are mailed again on request, and the answer does not tell who is known', async () => {
  const event = await freeEvent()
  await desk.order(event)
  await stage.kit.drain()
  mails.splice(0)
  await stage.twin.control.advance(10 * 60_000)
  const ask = (email: string) => stage.call('POST', '/v1/orders/resend', { body: { eventId: event.id, email } })
  const [known, unknown] = [await ask('ADA@example.com'), await ask('nobody@example.com')]
  await stage.kit.drain()
  expect([known.status, known.body]).toEqual([204, ''])
  expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
  expect(mails).toMatchObject([{ kind: 'tickets', to: { email: 'ada@example.com' } }])
  await ask('ada@example.com')
  await stage.kit.drain()
  expect(mails).toHaveLength(1)
})

/** Fakes the timers, so that nothing but what a test lets pass is waited for. */
const stopTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
/** What has fallen due since is looked for after a second, whatever hangs. */
const aSecond = () => vi.advanceTimersByTimeAsync(1000)

test('a mail that hangs keeps nobody else waiting, and is sent again', async () => {
  stopTime()
  const asked = new Promise<void>(resolve => {
    whileSending = () => {
      whileSending = null
      resolve()
      return new Promise(() => {})
    }
  })
  const first = await desk.order(await freeEvent())
  await asked
  const second = await desk.order(await freeEvent())
  await aSecond()
  await until(() => mails.length === 1 && told.length === 2)
  expect(mails.map(({ order }) => order.id)).toEqual([second.order.id])
  await vi.advanceTimersByTimeAsync(60_000)
  vi.useRealTimers()
  await stage.kit.drain()
  await stage.twin.control.advance(60_000)
  await stage.kit.jobs.run('send-messages')
  expect(mails.at(-1)?.order.id).toBe(first.order.id)
})

test('a host that never answers keeps no buyer from their tickets, and of one event, no other from being told', async () => {
  stopTime()
  const [crowded, other] = [await freeEvent(), await freeEvent()]
  whileTelling = order => (order.eventId === crowded.id ? new Promise(() => {}) : Promise.resolve())
  for (let orders = 0; orders < 7; orders += 1) await desk.order(crowded)
  const last = await desk.order(other)
  await aSecond()
  await until(() => mails.length === 8 && told.length === 1)
  expect(told.map(({ id }) => id)).toEqual([last.order.id])
  whileTelling = null
  // Two at a time are given up.
  for (let turn = 0; turn < 4; turn += 1) await vi.advanceTimersByTimeAsync(60_000)
  vi.useRealTimers()
  await stage.kit.drain()
  await stage.twin.control.advance(60_000)
  await stage.kit.jobs.run('send-messages')
  expect(told).toHaveLength(8)
  expect(mails).toHaveLength(8)
})

test('what one order is told comes one after the other, in its order', async () => {
  const { order } = await desk.order(await freeEvent())
  await stage.kit.drain()
  mails.splice(0)
  await stage.database.withOwner(connection =>
    connection.exec(`
      update venuekit.outbox set status = 'waiting', sent_at = null, due_at = venuekit.clock() - interval '2 seconds'
      where kind = 'tickets' and order_id = '${order.id}';
      insert into venuekit.outbox (message_id, kind, event_id, order_id, version, created_at, due_at)
      select gen_random_uuid(), k, '${order.eventId}', '${order.id}', 1, m, m - p * interval '1 second'
      from (select venuekit.clock() as m) c, (values ('cancellation', 1), ('tickets_late', 0)) k (k, p)`),
  )
  let onTheirWay = 0
  whileSending = async () => {
    onTheirWay += 1
    expect(onTheirWay).toBe(1)
    await stage.database.call('venuekit.read_clock', {})
    onTheirWay -= 1
  }
  await stage.kit.jobs.run('send-messages', { extra: true })
  expect(mails.map(({ kind }) => kind)).toEqual(['tickets', 'cancellation', 'tickets_late'])
})

test('a mass mail of one event does not search all that is left of it for others after each mail', async () => {
  broken = 'mail'
  const event = await freeEvent()
  for (let orders = 0; orders < 20; orders += 1) await desk.order(event)
  await stage.kit.drain()
  await stage.twin.control.advance(60 * 60_000)
  broken = null
  const { call } = stage.database
  let looks = 0
  stage.database.call = (name, args) => {
    if (name === 'venuekit.take_messages' && (args as { recipient: string }).recipient === 'buyer') looks += 1
    return call(name, args)
  }
  await stage.kit.jobs.run('send-messages')
  stage.database.call = call
  expect(mails).toHaveLength(20)
  expect(looks).toBeLessThan(30)
})

test('a message whose failure cannot be noted keeps no other from being sent, and the run fails', async () => {
  broken = 'mail'
  for (let orders = 0; orders < 4; orders += 1) await desk.order(await freeEvent())
  await stage.kit.drain()
  await stage.twin.control.advance(60 * 60_000)
  const { call } = stage.database
  let unnoted = ''
  stage.database.call = async (name, args) => {
    if (name !== 'venuekit.fail_message') return call(name, args)
    broken = null
    unnoted = String((args as { message_id: string }).message_id)
    throw new Error('no room on the disk')
  }
  await expect(stage.kit.jobs.run('send-messages')).rejects.toThrow('no room on the disk')
  stage.database.call = call
  expect(mails.map(({ id }) => id)).not.toContain(unnoted)
  expect(mails).toHaveLength(3)
  await stage.twin.control.advance(2 * 60_000)
  await stage.kit.jobs.run('send-messages')
  expect(mails.at(-1)?.id).toBe(unnoted)
})

test('a job that is told to end sends what it has begun, and the rest goes with a later one', async () => {
  const event = await freeEvent()
  const placed = [await desk.order(event), await desk.order(event), await desk.order(event)]
  await stage.kit.drain()
  const ids = placed.map(({ order }) => `'${order.id}'`).join()
  await stage.database.withOwner(connection =>
    connection.exec(`update venuekit.outbox set status = 'waiting', sent_at = null, due_at = venuekit.clock()
      where kind = 'tickets' and order_id in (${ids})`),
  )
  mails.splice(0)
  const ending = new AbortController()
  whileSending = async () => ending.abort()
  const run = (signal?: AbortSignal) => stage.kit.jobs.run('send-messages', { extra: true, ...(signal && { signal }) })
  // Two of one event are on their way at once.
  expect(await run(ending.signal)).toMatchObject({ report: { sent: 2 } })
  expect(mails).toHaveLength(2)
  await stage.twin.control.advance(4 * 60_000)
  expect(await run()).toMatchObject({ report: { sent: 1 } })
  expect(new Set(mails.map(({ order }) => order.id)).size).toBe(3)
})

test('no log line holds an address, a token or a key', async () => {
  broken = 'mail'
  const placed = await desk.order(await freeEvent())
  await stage.kit.drain()
  const log = JSON.stringify(stage.logged)
  expect(log).toContain('a message was not delivered')
  for (const secret of ['ada@example.com', placed.orderToken, stage.venue.key]) expect(log).not.toContain(secret)
})
