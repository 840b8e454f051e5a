import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFeedDesk } from '../testing/feedDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testClock } from '../testing/testClock.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit()
}, 60_000)
afterAll(() => stage.close())

test('the hourly purge keeps an hour of changes, and a stream that was away longer begins again', async () => {
  const clock = await testClock(stage.database)
  const desk = await openFeedDesk(stage, stage.call)
  const read = (after: string | null) => stage.database.call('feed.read_changes', { after, page_size: 10 })
  const begun = await read(null)
  if (begun.outcome !== 'read') throw new Error(begun.outcome)
  await desk.post('old')
  await clock.advance(3_601_000)
  const { id } = await desk.post('young')
  expect(await stage.kit.jobs.run('purge')).toMatchObject({ report: { changes: 1 } })
  expect(await read(begun.cursor)).toMatchObject({ outcome: 'reset' })
  expect(await read('0-0')).toMatchObject({ outcome: 'reset' })
  const kept = await stage.database.withOwner(connection =>
    connection.query<{ postId: string }>('select post_id as "postId" from feed.changes'),
  )
  expect(kept).toEqual([{ postId: id }])
})
