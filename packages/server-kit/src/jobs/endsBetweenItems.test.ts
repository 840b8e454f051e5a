import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MediaStore } from '../ports/mediaStore.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let stopping: AbortController
const touched: string[] = []
/** Told to end with the first thing that the store does. */
const store: MediaStore = {
  name: 'test',
  open: () => Promise.reject(new Error('not asked for')),
  inspect: () => Promise.reject(new Error('not asked for')),
  async remove(storeKey) {
    touched.push(storeKey)
    stopping.abort()
  },
  async sweep() {
    touched.push('sweep')
  },
}
beforeAll(async () => {
  stage = await startTestKit({ media: { image: store, video: store } }, { webhookUrl: '' })
  await stage.twin.control.advance(60_000)
}, 60_000)
afterAll(() => stage.close())
const exec = (sql: string) => stage.database.withOwner(connection => connection.exec(sql))

test('tend-media ends after the removal that it is at, and the next run has the others', async () => {
  await exec(`insert into feed.media_removals (store, store_key, requested_at, due_at)
    select 'test', 'file ' || n, m, m from generate_series(1, 3) n, (select venuekit.clock() as m) of_now`)
  stopping = new AbortController()
  const run = () => stage.kit.jobs.run('tend-media', { extra: true, signal: stopping.signal })
  expect(await run()).toMatchObject({ taken: true, report: { removed: 1 } })
  expect(touched).toEqual(['file 1'])
  // What was leased to the run that ended is free after five minutes.
  await stage.twin.control.advance(6 * 60_000)
  store.remove = async () => {}
  stopping = new AbortController()
  expect(await run()).toMatchObject({ taken: true, report: { removed: 2 } })
  expect(touched.at(-1)).toBe('sweep')
})

test('process-webhooks looks for no more orders of orphans than the one that it is at', async () => {
  await exec(`insert into venuekit.orphan_payments (account, session_id, event_id, order_id, amount_minor, currency, status,
      first_seen_at, due_at)
    select '${stage.gateway.account}', 'cs_' || n, gen_random_uuid(), gen_random_uuid(), 1, 'USD', 'waiting', m, m
    from generate_series(1, 3) n, (select venuekit.clock() as m) of_now`)
  stopping = new AbortController()
  const asked: string[] = []
  const getSession = stage.gateway.getSession
  stage.gateway.getSession = async sessionId => {
    asked.push(sessionId)
    stopping.abort()
    throw new Error('away')
  }
  await stage.kit.jobs.run('process-webhooks', { extra: true, signal: stopping.signal })
  stage.gateway.getSession = getSession
  expect(asked).toEqual(['cs_1'])
})
