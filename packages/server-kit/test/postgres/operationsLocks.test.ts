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
