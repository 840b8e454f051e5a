import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { toAlertThresholds } from './alertThresholds.ts'
import { checkEvent } from './checkHealth.ts'
import type { KitContext } from './kitContext.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit()
}, 60_000)
afterAll(() => stage.close())
beforeEach(() =>
  stage.database.withOwner(connection =>
    connection.exec('delete from venuekit.alerts; delete from venuekit.alert_looks'),
  ),
)

const open = async () => {
  const rows = await stage.database.withOwner(connection =>
    connection.query<{ fingerprint: string }>(
      'select fingerprint from venuekit.alerts where resolved_at is null order by 1',
    ),
  )
  return rows.map(({ fingerprint }) => fingerprint)
}
const settle = (lookedAt: string, ...names: string[]) =>
  stage.database.call('venuekit.settle_alerts', {
    scope: 'x:',
    wrong: names.map(name => ({ fingerprint: `x:${name}`, kind: 'counter_drift', detail: {} })),
    looked_at: lookedAt,
  })
const at = (second: number) => `2026-01-01T12:00:${String(second).padStart(2, '0')}.000Z`

test('a look that was overtaken neither opens what a later one closed nor closes what it saw', async () => {
  await settle(at(1), 'a')
  await settle(at(5), 'b')
  expect(await open()).toEqual(['x:b'])
  expect(await settle(at(3), 'a')).toEqual({ owed: false, resolved: 0 })
  expect(await open()).toEqual(['x:b'])
  await settle(at(5))
  expect(await open()).toEqual([])
})

test('what only an overtaken look saw is not raised, though nobody ever heard of it', async () => {
  await settle(at(5))
  expect(await settle(at(3), 'a')).toEqual({ owed: false, resolved: 0 })
  expect(await open()).toEqual([])
})

test('a look of the future, from before the clock was put right, overtakes none', async () => {
  await settle('2999-01-01T00:00:00.000Z', 'b')
  await settle(at(3), 'a')
  expect(await open()).toEqual(['x:a'])
  await settle(at(2))
  expect(await open()).toEqual(['x:a'])
})

test('a look counts from when it was made, however late the one before it settled', async () => {
  await settle(at(10), 'a')
  await settle(at(11))
  await settle(at(12), 'a')
  expect(await open()).toEqual(['x:a'])
  await settle(at(13))
  expect(await open()).toEqual([])
})

test('of two looks at one event the later counts, whichever settles first', async () => {
  const event = await stage.createEvent()
  const run = (sql: string) => stage.database.withOwner(connection => connection.query(sql, [event.id]))
  /** `first` happens after the look and before it settles. */
  const check = (first?: () => Promise<unknown>) => {
    const database = {
      ...stage.database,
      call: async (name: string, args: object) => {
        if (name === 'venuekit.settle_alerts') await first?.()
        return stage.database.call(name as 'venuekit.settle_alerts', args as never)
      },
    }
    const context = { database, alertThresholds: toAlertThresholds({}), alertSinks: [] }
    return checkEvent(context as unknown as KitContext, event.id)
  }
  const wrong = () => run('update ticketing.tier_inventory set reserved = reserved + 4 where event_id = $1')
  const well = () => run('update ticketing.tier_inventory set reserved = reserved - 4 where event_id = $1')
  await wrong()
  await check()
  expect(await open()).toContain(`health:${event.id}:ghost_reservations`)
  await check(async () => {
    await stage.twin.control.advance(1000)
    await well()
    await check()
  })
  expect(await open()).toEqual([])
  await check(async () => {
    await stage.twin.control.advance(1000)
    await wrong()
    await check()
  })
  expect(await open()).toContain(`health:${event.id}:ghost_reservations`)
})
