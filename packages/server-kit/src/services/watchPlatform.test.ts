import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { AlertSinkError } from '../ports/alertSinkError.ts'
import type { AlertSink } from '../ports/alerts.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { openWebhookPost, type WebhookPost } from '../testing/webhookPost.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
let post: WebhookPost
const sink: AlertSink & { failure: Error | null } = {
  name: 'pager',
  failure: null,
  async send() {
    if (sink.failure) throw sink.failure
  },
}
beforeAll(async () => {
  stage = await startTestKit({
    alerts: [{ name: 'test', send: async message => void told.push(`${message.news} ${message.code}`) }, sink],
    alertRules: { stale_jobs: false, signature_failures: { atLeast: 3 }, webhook_lag: false, backlog: { atLeast: 4 } },
  })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
  post = openWebhookPost(stage)
}, 180_000)
afterAll(() => stage.close())

const told: string[] = []
const query = <Row>(sql: string, parameters: unknown[] = []) =>
  stage.database.withOwner(connection => connection.query<Row>(sql, parameters))
const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
/** What the watch has raised and nobody resolved, as `check-health` leaves it. */
const check = async (): Promise<string[]> => {
  await minutes(5.1)
  await stage.kit.drain()
  await stage.kit.jobs.run('check-health')
  const open = await query<{ fingerprint: string }>(
    "select fingerprint from venuekit.alerts where resolved_at is null and fingerprint like 'watch:%' order by 1",
  )
  return open.map(({ fingerprint }) => fingerprint)
}
const pay = async () => {
  const placed = await desk.order(await stage.createEvent())
  const happened = await post.collect(() => void stage.twin.control.pay(sessionOf(placed)))
  const completed = happened.find(({ type }) => type === 'checkout.session.completed')
  const charge = happened.find(({ type }) => type === 'charge.succeeded')
  if (!completed || !charge) throw new Error('the gateway told of nothing')
  return { placed, completed, chargeId: charge.data.object.id }
}

beforeEach(async () => {
  sink.failure = null
  await query('delete from venuekit.alert_sinks')
  told.length = 0
})

test('a night without sales is quiet, however long no webhook came', async () => {
  await minutes(14 * 60)
  expect(await check()).toEqual([])
})

test('holds that nobody pays say nothing of webhooks', async () => {
  const event = await stage.createEvent()
  for (let count = 0; count < 5; count += 1) await desk.order(event)
  await minutes(20)
  expect(await check()).toEqual([])
})

test('a payment that only the return page told of is silence a quarter of an hour later, and a webhook ends it', async () => {
  const { placed, completed } = await pay()
  await desk.sync(placed)
  expect(await check()).toEqual([])
  await minutes(11)
  expect(await check()).toEqual(['watch:silence'])
  await stage.kit.drain()
  expect(told).toContain('raised webhook_silence')
  await post.deliver(completed)
  expect(await check()).toEqual([])
  await stage.kit.drain()
  expect(told).toContain('resolved webhook_silence')
})

test('three sessions that ran out without a word are silence, two are not', async () => {
  const event = await stage.createEvent()
  const placed = [await desk.order(event), await desk.order(event)]
  await post.collect(() => {
    for (const one of placed) stage.twin.control.expire(sessionOf(one))
  })
  await minutes(45)
  await stage.kit.jobs.run('expire-reservations')
  await minutes(16)
  expect(await check()).toEqual([])
  const third = await desk.order(event)
  await post.collect(() => void stage.twin.control.expire(sessionOf(third)))
  await minutes(45)
  await stage.kit.jobs.run('expire-reservations')
  await minutes(16)
  expect(await check()).toEqual(['watch:silence'])
  const { completed } = await pay()
  await post.deliver(completed)
  expect(await check()).toEqual([])
})

test('wrong signatures are counted, told of from the host’s threshold on, and over when they stop', async () => {
  const forge = () =>
    stage.call('POST', '/webhooks/stripe', {
      key: null,
      origin: null,
      rawBody: '{"id":"evt_forged","buyer":"ada@example.com"}',
      headers: { 'stripe-signature': 't=1,v1=00' },
    })
  await forge()
  await forge()
  expect(await check()).toEqual([])
  await forge()
  expect(await check()).toEqual(['watch:signatures:stripe'])
  const [alert] = await query<{ detail: unknown; amount: number }>(
    "select detail, amount from venuekit.alerts where kind = 'signature_failures'",
  )
  expect(alert).toMatchObject({ amount: 3, detail: { gateway: 'stripe' } })
  expect(JSON.stringify(await query('select * from venuekit.signature_failures'))).not.toMatch(/forged|ada/)
  expect(await query('select from venuekit.webhooks where gateway_event_id = $1', ['evt_forged'])).toEqual([])
  await minutes(6)
  expect(await check()).toEqual([])
})

test('a queue is told of by its length or by its age', async () => {
  await query(
    `insert into venuekit.outbox (message_id, kind, event_id, order_id, version, created_at, due_at)
     select gen_random_uuid(), 'tickets', gen_random_uuid(), gen_random_uuid(), 1, venuekit.clock(), venuekit.clock()
     from generate_series(1, 3)`,
  )
  expect(await check()).toEqual([])
  await minutes(11)
  expect(await check()).toEqual(['watch:backlog:outbox'])
  await query("delete from venuekit.outbox where status = 'waiting'")
  expect(await check()).toEqual([])
  await query(
    `insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, received_at, next_try_at)
     select 'acct', 'evt_' || n, 'x', 'test', '{}', venuekit.clock(), venuekit.clock() + interval '1 hour'
     from generate_series(1, 4) n`,
  )
  expect(await check()).toEqual(['watch:backlog:inbox'])
  await query("delete from venuekit.webhooks where account = 'acct'")
  expect(await check()).toEqual([])
})

test('a mail that is tried again and again is no queue that stands still', async () => {
  await query(
    `insert into venuekit.outbox (message_id, kind, event_id, order_id, version, created_at, due_at)
     select gen_random_uuid(), 'tickets', gen_random_uuid(), gen_random_uuid(), 1, moment - interval '2 hours', moment
     from venuekit.clock() moment`,
  )
  expect(await check()).toEqual([])
  await query("delete from venuekit.outbox where status = 'waiting'")
})

test('a sink that takes nothing is told of by the other ones', async () => {
  sink.failure = new Error('down')
  await stage.database.call('venuekit.record_alert', { fingerprint: 'x', kind: 'backlog', detail: {}, once: true })
  await minutes(2)
  await stage.kit.jobs.run('send-alerts')
  expect(await check()).toEqual([])
  await minutes(11)
  expect(await check()).toEqual(['watch:backlog:alerts:pager'])
  await stage.kit.drain()
  expect(told).toContain('raised backlog')
  sink.failure = null
  await minutes(16)
  await stage.kit.jobs.run('send-alerts')
  expect(await check()).toEqual([])
})

test('a sink that refuses a message again and again is told of by the other ones, though it is up', async () => {
  sink.failure = new AlertSinkError('it answered 400', { messageOnly: true })
  await stage.database.call('venuekit.record_alert', { fingerprint: 'y', kind: 'backlog', detail: {}, once: true })
  const tries = async (count: number) => {
    for (let time = 0; time < count; time += 1) {
      await minutes(9)
      await stage.kit.jobs.run('send-alerts')
    }
  }
  await tries(5)
  expect(await check()).toEqual([])
  await tries(1)
  expect(await check()).toEqual(['watch:backlog:alerts:pager'])
  sink.failure = null
  await tries(2)
  expect(await check()).toEqual([])
})

test('what was switched off is not raised, and what was open of it is closed', async () => {
  const record = { fingerprint: 'watch:lag', kind: 'webhook_lag', detail: { summary: 'Late' }, once: false }
  await stage.database.call('venuekit.record_alert', record)
  await query(
    `insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, received_at, next_try_at)
     values ('acct', 'evt_late', 'x', 'test', '{}', venuekit.clock() - interval '5 minutes', venuekit.clock())`,
  )
  expect(await check()).toEqual([])
  await query("delete from venuekit.webhooks where account = 'acct'")
})

test('money without an order that somebody refunds at the gateway needs nobody any more', async () => {
  const { placed, completed, chargeId } = await pay()
  for (const table of ['attempts', 'order_items', 'orders']) {
    await query(`delete from ticketing.${table} where order_id = $1`, [placed.order.id])
  }
  await post.deliver(completed)
  await minutes(16)
  await post.deliver(completed)
  const open = () => query("select from venuekit.alerts where kind = 'orphan_payment' and resolved_at is null")
  expect(await open()).toHaveLength(1)
  const refunded = await post.collect(() => void stage.twin.control.refundInDashboard(chargeId))
  for (const event of refunded) await post.deliver(event)
  await money.settled()
  expect(await open()).toEqual([])
  expect(await query('select status from venuekit.orphan_payments')).toEqual([{ status: 'refunded' }])
})
