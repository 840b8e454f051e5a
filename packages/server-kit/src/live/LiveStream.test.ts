import { expect, test } from 'vitest'
import { FeatureWatch } from './FeatureWatch.ts'
import { LiveStream } from './LiveStream.ts'

const openStream = (feedId = 'feed') => {
  let ended = 0
  const onEnd = () => {
    ended += 1
  }
  const stream = new LiveStream({ feeds: new Set([feedId]), now: 0, onEnd })
  return { stream, ended: () => ended, text: () => new Response(stream.body).text() }
}

test('says something every 15 s, with the place to resume, and ends after four minutes at most', async () => {
  const { stream, ended, text } = openStream()
  stream.begin(1000)
  stream.reach('7-0')
  let seconds = 0
  while (ended() === 0 && seconds < 1000) {
    seconds += 1
    stream.tick(seconds * 1000, `8-${seconds}`)
  }
  expect(seconds).toBeGreaterThanOrEqual(120)
  expect(seconds).toBeLessThanOrEqual(240)
  const told = await text()
  expect(told).toMatch(/^retry: 1000\n\n:\nid: 7-0\n\n:\nid: 8-15\n\n:\nid: 8-30\n\n/)
  expect(told.match(/^:$/gm)).toHaveLength(1 + Math.floor((seconds - 1) / 15))
})

test('ends once, however often it is told to, and takes nothing afterwards', async () => {
  const { stream, ended, text } = openStream()
  stream.end(500)
  stream.end()
  stream.send(new Uint8Array(10))
  stream.tick(1e9, '9-9')
  expect(ended()).toBe(1)
  expect(await text()).toBe('retry: 500\n\n')
})

test('a feed that is switched off while it is read is told, then its streams end; a change that leaves it on is told', async () => {
  const features = { images: true, video: true, reactions: true, live: true }
  let present = features
  const watch = new FeatureWatch({ read: async () => present })
  const [one, other] = [openStream('a'), openStream('b')]
  watch.join({ feedId: 'a', venueId: 'v' }, features, one.stream)
  watch.join({ feedId: 'b', venueId: 'v' }, { ...features, video: false }, other.stream)
  present = { ...features, video: false }
  await watch.tick()
  expect(one.ended()).toBe(0)
  present = { ...present, live: false }
  await watch.tick()
  expect([one.ended(), other.ended()]).toEqual([1, 1])
  const told = [...(await one.text()).matchAll(/"video":(\w+),"reactions":true,"live":(\w+)/g)].map(([, ...on]) => on)
  expect(told).toEqual([
    ['false', 'true'],
    ['false', 'false'],
  ])
})
