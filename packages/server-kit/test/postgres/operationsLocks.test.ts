import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type LockStage, openLockStage } from './lockStage.ts'

let stage: LockStage
beforeAll(async () => {
  stage = await openLockStage()
})
beforeEach(() => stage.arrange())
afterAll(() => stage.close())

test('settle_alerts waits its turn, and drops a look that was overtaken meanwhile', async () => {
  const settle = (...names: string[]) =>
    stage.database.call('venuekit.settle_alerts', {
      scope: 'x:',
      wrong: names.map(name => ({ fingerprint: `x:${name}`, kind: 'counter_drift', detail: {} })),
      looked_at: '2030-01-01T10:00:00.555Z',
    })
  await settle()
  const answer = await stage.held.waitFor({
    hold: "select from venuekit.alert_looks where scope = 'x:' for update",
    meanwhile: "update venuekit.alert_looks set looked_at = '2030-01-01T10:30:01Z' where scope = 'x:'",
    call: () => settle('a'),
  })
  expect(answer).toEqual({ owed: false, resolved: 0 })
  expect(await stage.shop.query("select from venuekit.alerts where fingerprint = 'x:a'")).toEqual([])
})

test('roll_up_sales waits for who adds the same event up, and adds no entry twice', async () => {
  await stage.buy()
  await stage.shop.query('select ticketing.lock_sales($1)', [stage.eventId])
  const answer = await stage.held.waitFor({
    // Has read how far it is added up, and added nothing yet.
    hold: `select ticketing.lock_sales('${stage.eventId}')`,
    meanwhile: `select ticketing.roll_up_sales('${stage.eventId}', 1000)`,
    call: () => stage.database.call('ticketing.roll_up_sales', { event_id: stage.eventId, max_entries: 1000 }),
  })
  expect(answer).toEqual({ rolledUp: 0, more: false })
  const read = 'select sum(issued)::integer as issued from ticketing.sales_periods where event_id = $1'
  expect(await stage.shop.query(read, [stage.eventId])).toEqual([{ issued: 1 }])
})

test.each(['venuekit.alerts', 'venuekit.alert_deliveries'])(
  'close_alerts locks %s by fingerprint: of two that close the same none waits for the other for ever',
  async table => {
    // In the table they stand the other way round, and no index puts them right.
    await stage.shop.query(`alter function venuekit.close_alerts(text[], timestamptz, timestamptz)
      set enable_indexscan = off set enable_bitmapscan = off set enable_indexonlyscan = off`)
    await stage.shop.query(`delete from venuekit.alerts`)
    await stage.shop.query(
      `insert into venuekit.alert_sinks (sink, asked_at) values ('z', now()) on conflict do nothing`,
    )
    for (const name of ['y:c', 'y:b', 'y:a']) {
      await stage.shop.query(
        `insert into venuekit.alerts (fingerprint, kind, detail, raised_at, seen_at)
         values ($1, 'counter_drift', '{}', '2029-01-01', '2029-01-01')`,
        [name],
      )
      await stage.shop.query(
        `insert into venuekit.alert_deliveries (sink, fingerprint, due_at) values ('z', $1, now())`,
        [name],
      )
    }
    const looked = { scope: 'y:', wrong: [], looked_at: '2030-01-01T10:00:00.000Z' }
    const answer = await stage.held.waitFor({
      hold: `select from ${table} where fingerprint = 'y:b' for update`,
      meanwhile: `select from ${table} where fingerprint = 'y:c' for update nowait`,
      call: () => stage.database.call('venuekit.settle_alerts', looked),
    })
    expect(answer).toMatchObject({ resolved: 3 })
  },
)
