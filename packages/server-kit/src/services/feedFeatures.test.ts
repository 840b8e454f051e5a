import type { FeedFeatures } from '@venuekit/core/contracts'
import { expect, test } from 'vitest'
import { staticFlags } from '../adapters/staticFlags.ts'
import type { FlagSource } from '../ports/flagSource.ts'
import type { MediaStore, MediaStores } from '../ports/mediaStore.ts'
import { createFeedFeatures } from './feedFeatures.ts'

const feed = { feedId: 'one', venueId: 'venue' }
const allOn: FeedFeatures = { images: true, video: true, reactions: true, live: true }

const store: MediaStore = {
  name: 'paper',
  open: async () => ({ storeKey: 'one', uploadUrl: 'https://media.example/one' }),
  inspect: async () => ({ status: 'gone' }),
  remove: async () => {},
}
const both: MediaStores = { image: store, video: store }

const stage = (flags: FlagSource | null, media = both) => {
  const warnings: string[] = []
  let moment = 0
  const log = { info: () => {}, warn: (message: string) => void warnings.push(message), error: () => {} }
  const features = createFeedFeatures({ flags, media, log, now: () => moment })
  const pass = (milliseconds: number): void => {
    moment += milliseconds
  }
  return { read: (asked = feed) => features.read(asked), pass, warnings }
}

test('without switches a feed offers all that the kit serves', async () => {
  expect(await stage(null).read()).toEqual(allOn)
  expect(await stage(null, {}).read()).toEqual({ ...allOn, images: false, video: false })
})

test('without a media store no switch turns media on', async () => {
  expect(await stage(staticFlags(allOn), {}).read()).toMatchObject({ images: false, video: false })
})

test('each kind of media needs a store of its own', async () => {
  expect(await stage(staticFlags(allOn), { image: store }).read()).toMatchObject({ images: true, video: false })
})

test('a static switch holds everywhere, and otherwise in a feed of its own', async () => {
  const { read } = stage(staticFlags({ video: false, feeds: { two: { video: true, live: false } } }))
  expect(await read()).toEqual({ ...allOn, video: false })
  expect(await read({ ...feed, feedId: 'two' })).toEqual({ ...allOn, live: false })
})

test('the source is asked once in ten seconds, also by many at once', async () => {
  let questions = 0
  const { read, pass } = stage({ read: async () => ({ reactions: ++questions > 1 }) })
  expect(await Promise.all([read(), read(), read()])).toEqual(Array(3).fill({ ...allOn, reactions: false }))
  pass(9_999)
  expect((await read()).reactions).toBe(false)
  pass(1)
  expect((await read()).reactions).toBe(true)
  expect(questions).toBe(2)
})

test('what was last known holds while the source fails; before that the defaults', async () => {
  let fails = true
  const { read, pass, warnings } = stage({
    async read() {
      if (fails) throw new Error('no answer')
      return { live: false }
    },
  })
  expect(await read()).toEqual(allOn)
  fails = false
  pass(10_000)
  expect(await read()).toEqual({ ...allOn, live: false })
  fails = true
  pass(10_000)
  expect(await read()).toEqual({ ...allOn, live: false })
  expect(warnings).toHaveLength(2)
})
