import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveStage, unreachable } from '../../test/liveStage.ts'

const reset = { type: 'reset' } as const
const removed = (feedId: string) => ({ type: 'post_removed', feedId, postId: 'p', clientId: null }) as const
const stops: (() => void)[] = []

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.useRealTimers()
})

/** Lets what is under way happen, and that much time pass. */
const pass = async (ms: number) => {
  for (let turn = 0; turn < 5; turn++) {
    await vi.advanceTimersByTimeAsync(ms / 5)
    await new Promise(resolve => setImmediate(resolve))
  }
}

test('without locks or channels it polls, and reads events by themselves; hidden it does nothing', async () => {
  const stage = new LiveStage()
  stage.locks = null
  const live = stage.open()
  const told: string[] = []
  stops.push(
    live.feed('a'),
    live.event('e', ({ id }) => void told.push(id)),
  )
  await pass(20_000)
  expect([stage.streams.length, stage.taken, told]).toEqual([0, [reset], ['e']])
  stage.show(false)
  await pass(120_000)
  expect(stage.taken).toHaveLength(1)
  stage.show(true)
  await pass(20_000)
  expect(stage.taken).toHaveLength(2)
})

test('a stream that cannot be had is polled for, and tried again less and less often; once it is there polling ends', async () => {
  const stage = new LiveStage()
  stage.failure = unreachable()
  stops.push(stage.open().feed('a'))
  // Time is counted from the first try: a busy machine gives the lock later.
  await vi.waitFor(async () => {
    await pass(100)
    expect(stage.tries).toBe(1)
  }, 20_000)
  await pass(60_000)
  expect(stage.taken.length).toBeGreaterThanOrEqual(3)
  const soon = stage.tries
  expect(soon).toBeGreaterThanOrEqual(5)
  await pass(10 * 60_000)
  expect(stage.tries - soon).toBeGreaterThanOrEqual(9)
  expect(stage.tries - soon).toBeLessThanOrEqual(21)
  stage.failure = null
  // A stream that says nothing is given up after 40 s, so it is looked for each second.
  for (let second = 0; second < 62 && !stage.isStreaming; second++) await pass(1_000)
  expect(stage.isStreaming).toBe(true)
  await pass(100)
  stage.taken.length = 0
  await pass(30_000)
  expect(stage.taken).toEqual([])
})

test('a stream that says nothing is given up, and the next one goes on where it stood', async () => {
  const stage = new LiveStage()
  stops.push(stage.open().feed('a'))
  await pass(100)
  expect(stage.last.lastEventId).toBeUndefined()
  stage.last.tell(removed('a'), '5-1')
  await pass(100)
  expect(stage.taken).toEqual([removed('a')])
  await pass(41_000)
  expect(stage.streams[0]?.isOpen()).toBe(false)
  await pass(5_000)
  expect(stage.streams).toHaveLength(2)
  expect(stage.last.lastEventId).toBe('5-1')
})

test('one that ends as streams do is opened again where it stood, without polling', async () => {
  const stage = new LiveStage()
  stops.push(stage.open().feed('a'))
  await pass(100)
  stage.last.tell(removed('a'), '6-1')
  await pass(100)
  stage.last.end()
  await pass(3_000)
  expect(stage.streams.map(({ lastEventId }) => lastEventId)).toEqual([undefined, '6-1'])
  expect(stage.taken).toEqual([removed('a')])
})

test('who wants another feed has the stream opened anew, from a minute ago; feeds of nobody are told to nobody', async () => {
  const stage = new LiveStage()
  const live = stage.open()
  stops.push(live.feed('a'))
  await pass(100)
  stage.last.tell(removed('a'), '6-9')
  await pass(100)
  stops.push(live.feed('b'))
  await pass(100)
  expect(stage.streams.map(({ query }) => query.feeds)).toEqual(['a', 'a,b'])
  expect(stage.last.lastEventId).toBeUndefined()
  expect(stage.streams.map(stream => stream.isOpen())).toEqual([false, true])
  stage.last.tell(removed('c'), '7-1')
  await pass(100)
  expect(stage.taken).toEqual([removed('a')])
})

test('a feed that is switched off is asked for no more, and seldom polled', async () => {
  const stage = new LiveStage()
  const live = stage.open()
  stops.push(live.feed('a'), live.feed('b'))
  await pass(100)
  const features = { images: true, video: true, reactions: true, live: false }
  stage.last.tell({ type: 'features', feedId: 'b', features }, '8-1')
  stage.last.end()
  await pass(3_000)
  expect(stage.last.query.feeds).toBe('a')
  stage.taken.length = 0
  await pass(20_000)
  expect(stage.taken).toEqual([])
})

test('who stops leaves no timer, no stream and no lock', async () => {
  const stage = new LiveStage()
  const live = stage.open()
  for (let round = 0; round < 20; round++) {
    const stop = live.feed('a')
    await pass(round % 2 ? 0 : 200)
    stop()
  }
  await pass(200)
  expect(stage.isStreaming).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
  expect((await navigator.locks.query()).held).toEqual([])
})
