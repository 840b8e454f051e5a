import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../ports/database.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { createOrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { openTestShop, type TestShop } from '../testing/testShop.ts'

let stage: TestKit
let shop: TestShop
/** Done after each batch that the job gave back. */
let afterBatch: (released: number) => Promise<void> = async () => {}

beforeAll(async () => {
  stage = await startTestKit({}, { webhookUrl: '' }, async () => {
    const database = await createPgliteDatabase()
    const call: Database['call'] = async (name, args) => {
      const answer = await database.call(name, args)
      if (name === 'ticketing.begin_expiry') await afterBatch((answer as { released: number }).released)
      return answer
    }
    return { ...database, call }
  })
  shop = await openTestShop(stage.database, { tiers: [{ priceMinor: 0, capacity: 410 }] })
}, 60_000)
afterAll(() => stage.close())

/** One hold by the function, and the others as copies of its rows, at sessions that nobody made: quicker by far. */
const makeHolds = async (holds: number, orderId?: string): Promise<void> => {
  const first = orderId ?? (await shop.hold())
  const copy = (table: string, change = '') =>
    `insert into ticketing.${table} select (jsonb_populate_record(o, jsonb_build_object('order_id', m.order_id${change}))).*
     from ticketing.${table} o, made m where o.order_id = '${first}';`
  await stage.database.withOwner(connection =>
    connection.exec(`
      create temp table made as select gen_random_uuid() as order_id from generate_series(2, ${holds});
      ${copy('orders')} ${copy('order_items')}
      ${copy('attempts', ", 'attempt_id', m.order_id, 'session_id', 'cs_' || m.order_id, 'begun_at', o.begun_at - interval '1 minute'")}
      insert into ticketing.journal (event_id, occurred_at, kind, order_id, tier_id, reserved_delta)
      select j.event_id, j.occurred_at, j.kind, m.order_id, j.tier_id, j.reserved_delta
      from ticketing.journal j, made m where j.order_id = '${first}';
      update ticketing.tier_inventory set reserved = reserved + ${holds - 1}
      where event_id = (select event_id from ticketing.orders where order_id = '${first}');
      drop table made`),
  )
}

test('many holds end in batches that each commit, and what a batch gave back is sold before the next', async () => {
  await makeHolds(410)
  await expect(shop.hold()).rejects.toThrow('sold_out')
  await stage.twin.control.advance(11 * 60_000)
  const batches: number[] = []
  afterBatch = async released => {
    batches.push(released)
    await shop.complete(await shop.hold(), null, { kind: 'free' })
  }
  const run = await stage.kit.jobs.run('expire-reservations')
  afterBatch = async () => {}
  expect(run).toMatchObject({ taken: true, report: { released: 410, waiting: 0 } })
  expect(batches).toEqual([200, 200, 10])
  expect(Object.values(await shop.counters())).toEqual([{ reserved: 0, issued: 3 }])
  expect(await shop.imbalances()).toEqual([])
  await stage.database.withOwner(checkInvariants)
})

test('a worker that stops leaves whole batches behind, and the next run goes on', async () => {
  await makeHolds(250)
  await stage.twin.control.advance(11 * 60_000)
  const stopping = new AbortController()
  afterBatch = async () => stopping.abort()
  const cut = await stage.kit.jobs.run('expire-reservations', { signal: stopping.signal })
  afterBatch = async () => {}
  expect(cut).toMatchObject({ taken: true, report: { released: 200 } })
  expect(Object.values(await shop.counters())).toEqual([{ reserved: 50, issued: 3 }])
  expect(await stage.kit.jobs.run('expire-reservations', { extra: true })).toMatchObject({ report: { released: 50 } })
  expect(Object.values(await shop.counters())).toEqual([{ reserved: 0, issued: 3 }])
})

test('sessions that the gateway does not know keep nobody waiting who comes after them, and are asked about once', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ capacity: 300 })] })
  const desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  const placed = await desk.order(event)
  await makeHolds(205, placed.order.id)
  await stage.twin.control.advance(40 * 60_000)
  const run = await stage.kit.jobs.run('expire-reservations', { extra: true })
  expect(run).toMatchObject({ report: { released: 1, waiting: 204 } })
  expect((await desk.show(placed)).status).toBe('expired')
  const asked = stage.twin.control.requests().filter(({ path }) => path.endsWith('/expire'))
  expect(new Set(asked.map(({ path }) => path)).size).toBe(asked.length)
  expect(asked.map(({ path }) => path)).toContain(`/v1/checkout/sessions/${sessionOf(placed)}/expire`)

  // A gateway that is away is not asked on and on.
  stage.twin.control.addFault({ kind: 'error', status: 503, times: 10_000 })
  const away = await stage.kit.jobs.run('expire-reservations', { extra: true })
  stage.twin.control.clearFaults()
  expect(away).toMatchObject({ report: { released: 0, waiting: 200 } })
})
