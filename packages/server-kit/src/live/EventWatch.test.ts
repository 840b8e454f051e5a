import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { EventWatch } from './EventWatch.ts'
import { LiveStream } from './LiveStream.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit({}, { webhookUrl: '' })
}, 60_000)
afterAll(() => stage.close())

test('however many events are watched, the database is asked about three at once, and about each', async () => {
  const events = await Promise.all(Array.from({ length: 12 }, () => stage.createEvent()))
  const asked: string[] = []
  let underWay = 0
  let most = 0
  const call: typeof stage.database.call = async (name, args) => {
    underWay += 1
    most = Math.max(most, underWay)
    asked.push(String((args as { event_id: string }).event_id))
    try {
      return await stage.database.call(name, args)
    } finally {
      underWay -= 1
    }
  }
  let now = 0
  const watch = new EventWatch({ ...stage.database, call }, { info() {}, warn() {}, error() {} }, () => now)
  const stream = new LiveStream({ feeds: new Set(), now, onEnd: () => {} })
  for (const { id } of events) watch.join(stage.venue.venueId, id, stream)
  now = 10_000
  watch.tick()
  // A second look while the first is under way asks nothing twice.
  watch.tick()
  await expect.poll(() => asked.length).toBe(12)
  expect(most).toBe(3)
  expect(new Set(asked)).toEqual(new Set(events.map(({ id }) => id)))
})
