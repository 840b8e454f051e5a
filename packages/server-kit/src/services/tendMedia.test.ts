import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { MediaStore } from '../ports/mediaStore.ts'
import { type FeedDesk, openFeedDesk } from '../testing/feedDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let feed: FeedDesk
const done: string[] = []
/** How the first store takes each call; the second one always works. */
let trouble: 'refuses' | 'hangs'

const meet = (): Promise<never> =>
  trouble === 'hangs' ? new Promise(() => {}) : Promise.reject(new Error('the store is down'))
const storeOf = (name: string, work: (what: string) => Promise<unknown>): MediaStore => ({
  name,
  open: () => Promise.reject(new Error('not asked for')),
  async inspect() {
    await work('inspect')
    return { status: 'processing' }
  },
  async remove(storeKey) {
    await work(`remove ${storeKey}`)
  },
  async sweep() {
    await work('sweep')
  },
})
const tried: string[] = []
const ill = storeOf('ill', what => {
  tried.push(what)
  return meet()
})
const well = storeOf('well', async what => void done.push(what))

beforeAll(async () => {
  stage = await startTestKit({ media: { image: ill, video: well } }, { webhookUrl: '' })
  feed = await openFeedDesk(stage, stage.call)
}, 60_000)
afterAll(() => stage.close())
afterEach(() => void vi.useRealTimers())

const exec = (sql: string) => stage.database.withOwner(connection => connection.exec(sql))
beforeEach(async () => {
  await exec('delete from feed.media; delete from feed.media_removals')
  for (const store of ['ill', 'well']) {
    for (let uploads = 0; uploads < 4; uploads += 1) {
      await feed.upload('ada', { store, status: 'processing', url: null, post_id: null })
    }
    await exec(`insert into feed.media_removals (store, store_key, requested_at, due_at)
      select '${store}', '${store} ' || n, m, m from generate_series(1, 4) n, (select venuekit.clock() as m) of_now`)
  }
  // Of this moment: nobody has let them go yet.
  await exec('update feed.media set created_at = venuekit.clock(), changed_at = venuekit.clock()')
  await stage.twin.control.advance(2 * 60_000)
  done.splice(0)
  tried.splice(0)
})

const all = [...Array(4).fill('inspect'), 'remove well 1', 'remove well 2', 'remove well 3', 'remove well 4', 'sweep']
const run = () => stage.kit.jobs.run('tend-media', { extra: true })

test('a store that refuses everything keeps no other waiting, is let alone after two refusals, and fails the run', async () => {
  trouble = 'refuses'
  await expect(run()).rejects.toThrow('the store is down')
  expect(done).toEqual(all)
  expect(tried).toEqual(['inspect', 'inspect', 'remove ill 1', 'remove ill 2', 'sweep'])
})

test('a store that hangs keeps no other waiting, and the run comes to its end', async () => {
  trouble = 'hangs'
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let ended = ''
  void run().catch((error: unknown) => {
    ended = String(error)
  })
  while (ended === '') {
    await vi.advanceTimersByTimeAsync(5_000)
    await stage.database.call('venuekit.read_clock', {})
  }
  expect(ended).toContain('did not end within 300 s')
  expect(done).toEqual(all)
  expect(tried).toEqual(['inspect', 'inspect', 'remove ill 1', 'remove ill 2', 'sweep'])
})
