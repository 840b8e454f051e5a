import type { CreateOrderResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../../src/testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../../src/testing/startTestKit.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openWebhookPost, type TwinEvent, type WebhookPost } from '../../src/testing/webhookPost.ts'

let postgres: TestPostgres
let stage: TestKit
let desk: OrderDesk
let post: WebhookPost
beforeAll(async () => {
  postgres = await startTestPostgres()
  const database = await postgres.createDatabase()
  stage = await startTestKit({}, {}, async () => database.open())
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  post = openWebhookPost(stage)
})
afterAll(async () => {
  await stage?.close()
  await postgres?.stop()
})

const query = <Row = Record<string, unknown>>(sql: string, parameters: unknown[]) =>
  stage.database.withOwner(connection => connection.query<Row>(sql, parameters))

/** All that a purchase writes once. */
const written = async ({ order }: CreateOrderResponse) => {
  const [row] = await query(
    `select
       (select count(*)::int from ticketing.payments where order_id = $1) as payments,
       (select count(*)::int from ticketing.tickets where order_id = $1 and status = 'valid') as tickets,
       (select count(*)::int from venuekit.outbox where order_id = $1 and kind = 'tickets') as mails,
       (select count(*)::int from venuekit.outbox where order_id = $1 and kind = 'fulfilled') as callbacks,
       (select sum(money_delta_minor)::int from ticketing.journal where order_id = $1) as money,
       (select status from ticketing.orders where order_id = $1) as status`,
    [order.id],
  )
  return row
}

const bought = (quantity: number) => ({
  payments: 1,
  tickets: quantity,
  mails: 1,
  callbacks: 1,
  money: quantity * 2500,
  status: 'fulfilled',
})

const pay = async (quantity: number) => {
  const placed = await desk.order(await stage.createEvent(), quantity)
  const events = await post.collect(() => stage.twin.control.pay(sessionOf(placed)))
  const find = (type: string): TwinEvent => {
    const event = events.find(candidate => candidate.type === type)
    if (!event) throw new Error(`the gateway sent no ${type}`)
    return event
  }
  return { placed, find }
}

/**
 * Delivers all at once. On a busy machine a lock or the gateway may keep one waiting too long: it is answered 503, and
 * sent again until it is acknowledged, as Stripe does. Answers how many were acknowledged at once.
 */
const deliverAll = async (events: TwinEvent[]): Promise<number> => {
  let open = events
  let atOnce: number | undefined
  for (let round = 0; open.length > 0; round += 1) {
    const answers = await Promise.all(open.map(event => post.deliver(event)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter(status => status !== 200 && status !== 503)).toEqual([])
    if (round > 20) throw new Error(`${open.length} deliveries are never acknowledged`)
    open = open.filter((_, index) => statuses[index] === 503)
    atOnce ??= events.length - open.length
  }
  return atOnce ?? 0
}

test('a hundred identical webhooks at once issue the tickets once, and each is acknowledged, most of them at once', async () => {
  const { placed, find } = await pay(4)
  const event = find('checkout.session.completed')
  expect(await deliverAll(Array(100).fill(event))).toBeGreaterThan(50)
  expect(await written(placed)).toEqual(bought(4))
  expect(
    await query('select status, count(*)::int as rows from venuekit.webhooks where gateway_event_id = $1 group by 1', [
      event.id,
    ]),
  ).toEqual([{ status: 'done', rows: 1 }])
  await stage.database.withOwner(checkInvariants)
})

const paths = ['checkout.session.completed', 'payment_intent.succeeded', 'charge.succeeded', 'return page'] as const

const permutations = <Item>(items: readonly Item[]): Item[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map(rest => [item, ...rest]))

test.each(permutations(paths).map(order => [order.join(', '), order] as const))(
  'paid is paid once: %s, each twice at once',
  async (_name, order) => {
    const { placed, find } = await pay(2)
    let purchases = 0
    const twice: Record<(typeof paths)[number], () => Promise<unknown>> = {
      'checkout.session.completed': () => post.deliver(find('checkout.session.completed')),
      'payment_intent.succeeded': () => post.deliver(find('payment_intent.succeeded')),
      'charge.succeeded': () => post.deliver(find('charge.succeeded')),
      'return page': async () => {
        if ((await desk.sync(placed)).purchase) purchases += 1
      },
    }
    for (const path of order) {
      await Promise.all([twice[path](), twice[path]()])
      expect((await desk.show(placed)).status).toBe('fulfilled')
    }
    expect(await written(placed)).toEqual(bought(2))
    expect(purchases).toBe(1)
    await stage.database.withOwner(checkInvariants)
  },
)

test('all four at once, ten times each, are paid once', async () => {
  const { placed, find } = await pay(3)
  const events = ['charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed'].map(find)
  const looks = Promise.allSettled(Array.from({ length: 10 }, () => desk.sync(placed)))
  expect(await deliverAll(events.flatMap(event => Array(10).fill(event)))).toBeGreaterThan(15)
  await looks
  const { order } = await desk.sync(placed)
  expect(order.status).toBe('fulfilled')
  expect(await written(placed)).toEqual(bought(3))
  await stage.database.withOwner(checkInvariants)
})
