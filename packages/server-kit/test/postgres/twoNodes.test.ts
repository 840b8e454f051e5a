import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { memoryMessages } from '../../src/adapters/memoryMessages.ts'
import { stripeGateway } from '../../src/adapters/stripe.ts'
import { createServerKit, type ServerKit } from '../../src/createServerKit.ts'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { createHttpCaller } from '../../src/testing/httpCaller.ts'
import { createMoneyDesk } from '../../src/testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../../src/testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../../src/testing/startTestKit.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { testSecrets } from '../../src/testing/testSecrets.ts'

let postgres: TestPostgres
let stage: TestKit
let second: ServerKit
let desks: OrderDesk[]
const fulfilled: string[] = []
const messages = memoryMessages()
const note = (order: { id: string }) => void fulfilled.push(order.id)

beforeAll(async () => {
  postgres = await startTestPostgres()
  const place = await postgres.createDatabase()
  // Each event reaches both nodes at once.
  const webhookFetch = async (request: Request): Promise<Response> => {
    const copy = request.clone()
    const [answer] = await Promise.all([stage.kit.fetch(request), second.fetch(copy)])
    return answer
  }
  stage = await startTestKit({ messages, onFulfilled: note }, { webhookFetch }, async () => place.open())
  const { twin } = stage
  second = createServerKit({
    database: place.open(),
    gateway: stripeGateway({
      secretKey: twin.secretKey,
      webhookSecrets: [twin.webhookSecret],
      account: twin.account,
      apiBase: twin.url,
      clock: () => twin.clock.now(),
    }),
    messages,
    onFulfilled: note,
    alerts: { name: 'test', send: async message => void stage.alerts.push(message) },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    limits: false,
    secrets: testSecrets,
    timeZone: 'UTC',
  })
  desks = [stage.call, createHttpCaller(second, stage.venue)].map(call =>
    createOrderDesk(call, `${stage.venue.origin}/`),
  )
})
afterEach(() => stage.database.withOwner(checkInvariants))
afterAll(async () => {
  await second?.close()
  await stage?.close()
  await postgres?.stop()
})

const settled = async (): Promise<void> => {
  for (let round = 0; round < 2; round += 1) {
    await stage.twin.control.settled()
    await Promise.all([stage.kit.drain(), second.drain()])
  }
}

const deskOf = (index: number): OrderDesk => {
  const desk = desks[index % desks.length]
  if (!desk) throw new Error('no desk')
  return desk
}

const mailsAbout = (orderId: string, kind: string) =>
  messages.sent.filter(mail => mail.order.id === orderId && mail.kind === kind)

test('webhooks at both nodes at once issue once, mail once and tell the host once', async () => {
  const event = await stage.createEvent()
  const placed = await Promise.all(Array.from({ length: 20 }, (_, index) => deskOf(index).order(event)))
  for (const order of placed) stage.twin.control.pay(sessionOf(order))
  await settled()
  await Promise.all([stage.kit.jobs.run('send-messages'), second.jobs.run('send-messages')])
  for (const { order } of placed) {
    expect(mailsAbout(order.id, 'tickets'), order.id).toHaveLength(1)
    expect(fulfilled.filter(id => id === order.id)).toHaveLength(1)
  }
  const [row] = await stage.database.withOwner(connection =>
    connection.query(
      `select (select count(*)::int from ticketing.tickets where event_id = $1) as tickets,
         (select count(*)::int from ticketing.payments where event_id = $1) as payments,
         (select count(*)::int from venuekit.webhooks where status <> 'done') as open`,
      [event.id],
    ),
  )
  expect(row).toEqual({ tickets: 20, payments: 20, open: 0 })
})

test('each slot of each job is run by one node', async () => {
  await stage.twin.control.advance(24 * 3600_000)
  for (const name of stage.kit.jobs.names) {
    // To the beginning of a minute: no slot ends while it is asked for.
    await stage.twin.control.advance(60_000 - (stage.twin.clock.now() % 60_000) + 1_000)
    const runs = await Promise.all([stage.kit.jobs.run(name), second.jobs.run(name), stage.kit.jobs.run(name)])
    const taken = runs.filter(run => run.taken).length
    // The daily one is due only past its hour.
    if (name === 'reconcile') expect(taken).toBeLessThanOrEqual(1)
    else expect(taken, name).toBe(1)
  }
  await settled()
})

test('a sweep asked of both nodes ends each hold once, by the gateway’s word', async () => {
  const event = await stage.createEvent()
  const placed = await Promise.all(Array.from({ length: 12 }, (_, index) => deskOf(index).order(event)))
  stage.twin.control.setWebhook({ url: null })
  const paid = placed.slice(0, 4)
  for (const order of paid) stage.twin.control.pay(sessionOf(order))
  await stage.twin.control.advance(40 * 60_000)
  await Promise.all([stage.kit.jobs.run('expire-reservations'), second.jobs.run('expire-reservations')])
  await settled()
  const states = await Promise.all(placed.map(async (order, index) => (await deskOf(index).show(order)).status))
  expect(states).toEqual(placed.map((_, index) => (index < 4 ? 'fulfilled' : 'expired')))
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe' })
})

test('a cancelled show is refunded once for each order, whichever node does it', async () => {
  const event = await stage.createEvent()
  const placed = await Promise.all(Array.from({ length: 10 }, (_, index) => deskOf(index).order(event)))
  for (const order of placed) stage.twin.control.pay(sessionOf(order))
  await settled()
  const money = createMoneyDesk(stage)
  const before = money.refundRequests().length
  await Promise.all([money.cancelEvent(event.id), money.cancelEvent(event.id)])
  await stage.twin.control.advance(60_000)
  for (const name of ['cancel-events', 'send-refunds', 'send-messages'] as const) {
    await Promise.all([stage.kit.jobs.run(name), second.jobs.run(name)])
  }
  await settled()
  expect(money.refundRequests().length - before).toBe(10)
  for (const { order } of placed) expect(mailsAbout(order.id, 'cancellation')).toHaveLength(1)
})

test('the same order sent to both nodes at once is one order and one session', async () => {
  const event = await stage.createEvent()
  const idempotencyKey = crypto.randomUUID()
  const cart = deskOf(0).cart(event)
  await Promise.all(Array.from({ length: 8 }, (_, index) => deskOf(index).send(cart, { idempotencyKey })))
  const answers = await Promise.all([0, 1].map(index => deskOf(index).send(cart, { idempotencyKey })))
  const bodies = answers.map(({ status, body }) => ({ status, id: (body as { order: { id: string } }).order.id }))
  expect(bodies[0]).toEqual(bodies[1])
  const [row] = await stage.database.withOwner(connection =>
    connection.query(
      `select count(*)::int as orders, (select count(distinct session_id)::int from ticketing.attempts
         where event_id = $1) as sessions from ticketing.orders where event_id = $1`,
      [event.id],
    ),
  )
  expect(row).toEqual({ orders: 1, sessions: 1 })
})
