import type { Upload } from '@venuekit/core/contracts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { FeedModel } from '../model.ts'
import { type MountedFeed, mountFeed, nextFrame } from '../testing/mountFeed.ts'
import { sampleItem, samplePicture, sampleVideo } from '../testing/sampleMedia.ts'

beforeEach(() => page.viewport(640, 800))

afterEach(() => {
  document.body.replaceChildren()
  window.scrollTo(0, 0)
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** Counts what observes, and what listens to things that outlive a widget. */
const countLife = () => {
  const observed = new Set<IntersectionObserver>()
  const { observe, disconnect } = IntersectionObserver.prototype
  vi.spyOn(IntersectionObserver.prototype, 'observe').mockImplementation(function (this: IntersectionObserver, target) {
    observed.add(this)
    return observe.call(this, target)
  })
  vi.spyOn(IntersectionObserver.prototype, 'disconnect').mockImplementation(function (this: IntersectionObserver) {
    observed.delete(this)
    return disconnect.call(this)
  })
  const media = matchMedia('(prefers-reduced-motion: reduce)')
  vi.spyOn(window, 'matchMedia').mockReturnValue(media)
  const listening = new Set<unknown>()
  for (const target of [document, media] as EventTarget[]) {
    const add = target.addEventListener.bind(target)
    const remove = target.removeEventListener.bind(target)
    vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
      listening.add(listener)
      const { signal } = (options ?? {}) as AddEventListenerOptions
      signal?.addEventListener('abort', () => listening.delete(listener))
      add(type, listener, options)
    })
    vi.spyOn(target, 'removeEventListener').mockImplementation((type, listener, options) => {
      listening.delete(listener)
      remove(type, listener, options)
    })
  }
  return { observed, listening }
}

test('after twenty lives nothing observes, listens or holds a video', async () => {
  const video = await sampleVideo({ seconds: 2 })
  const picture = await samplePicture()
  const life = countLife()
  const held: HTMLVideoElement[] = []
  for (let lives = 0; lives < 20; lives++) {
    const feed = await mountFeed({
      posts: 0,
      signedIn: false,
      prepare: server => {
        server.add('Soundcheck', { media: [video] })
        server.add('Doors', { media: [picture] })
      },
    })
    await feed.until(() => feed.all<HTMLVideoElement>('video')[0]?.hasAttribute('src') === true)
    expect(life.listening.size).toBeGreaterThan(1)
    held.push(feed.find<HTMLVideoElement>('video'))
    feed.element.destroy()
    feed.element.remove()
  }
  await vi.waitFor(() => expect([life.observed.size, life.listening.size]).toEqual([0, 0]), 20_000)
  expect(held.filter(element => element.hasAttribute('src') || !element.paused)).toEqual([])
})

const waitingUpload: Upload = {
  id: '',
  status: 'processing',
  uploadUrl: null,
  receivedBytes: 1,
  media: null,
  rejection: null,
  limits: { videoSeconds: 30, byteLength: 1, contentTypes: [] },
}

const rows = (feed: MountedFeed) => feed.all('article')

const playsInSight = (video: HTMLVideoElement) => {
  const { top, bottom } = video.getBoundingClientRect()
  return !video.paused && video.currentTime > 0 && bottom > 0 && top < innerHeight
}

test('of 1,000 posts with media some hundred are in the page, and only videos near the screen hold data', {
  timeout: 60_000,
}, async () => {
  const video = await sampleVideo({ seconds: 2 })
  const seen = new Set<HTMLVideoElement>()
  const feed = await mountFeed({
    posts: 0,
    pageSize: 1000,
    signedIn: false,
    prepare: server => {
      for (let number = 0; number < 1000; number++) {
        const createdAt = new Date(1_700_000_000_000 - number * 60_000).toISOString()
        const position = String(9_000_000 - number)
        server.add(`Take ${number}`, { createdAt, position, media: [{ ...video, id: crypto.randomUUID() }] })
      }
    },
  })
  await feed.until(() => feed.all('[data-long]').length > 0)
  for (const part of [0.1, 0.35, 0.8, 0.2]) {
    window.scrollTo({ top: document.documentElement.scrollHeight * part, behavior: 'instant' })
    await feed.until(() => feed.all<HTMLVideoElement>('video').some(playsInSight))
    for (const element of feed.all<HTMLVideoElement>('video')) seen.add(element)
    expect(rows(feed).length).toBeLessThanOrEqual(100)
  }
  await feed.until(() => [...seen].filter(element => element.hasAttribute('src')).length < 20)
  const holding = [...seen].filter(element => element.hasAttribute('src'))
  expect(holding.every(element => element.isConnected)).toBe(true)
  expect(seen.size).toBeGreaterThan(20)
})

test('rows keep their height while media in them load, fail and play', async () => {
  const items = [
    await samplePicture(),
    await sampleVideo(),
    sampleItem({ url: 'data:image/png;base64,AAAA', width: 1200, height: 800 }),
  ]
  const feed = await mountFeed({
    posts: 0,
    signedIn: false,
    prepare: server => {
      for (const item of items) server.add('', { media: [item] })
    },
  })
  await feed.until(() => rows(feed).length === 3)
  const before = rows(feed).map(row => row.getBoundingClientRect().height)
  await feed.until(() => feed.all('.picture.shown').length === 1 && feed.all('.notice-tile').length === 1)
  await feed.until(() => feed.find<HTMLVideoElement>('video').readyState >= 2)
  expect(rows(feed).map(row => row.getBoundingClientRect().height)).toEqual(before)
})

test('one’s own picture shows at once, and the server’s takes its place in the same row without a gap', async () => {
  const revoke = vi.spyOn(URL, 'revokeObjectURL')
  const subscribed = vi.spyOn(FeedModel.prototype, 'subscribe')
  const feed = await mountFeed({ posts: 0 })
  const model = subscribed.mock.contexts[0] as FeedModel | undefined
  const served = await samplePicture({ width: 640, height: 480 })
  const preview = await samplePicture({ hue: 30 })
  const waiting = sampleItem({ id: served.id, status: 'processing', width: 640, height: 480 })
  const previewUrl = preview.url as string
  const upload = { ...waitingUpload, id: served.id }
  feed.server.uploads.kept.set(served.id, { upload, kind: 'image', byteLength: 1, parts: [] })
  const release = feed.server.hold('POST')
  model?.post('From my seat', [{ named: { uploadId: served.id }, item: waiting, previewUrl, discard: () => {} }])
  await feed.until(() => feed.all('.picture.shown').length === 1)
  expect(feed.find<HTMLImageElement>('.picture').src).toBe(previewUrl)
  expect(feed.find('.tag').textContent).toBe('Processing…')
  const [row] = rows(feed)
  const media = () => feed.find('.media').getBoundingClientRect().height
  const before = media()
  release()
  await feed.until(() => row?.dataset.delivery === 'sent')
  expect(media()).toBe(before)
  const [stored] = feed.server.posts
  if (!stored) throw new Error('Nothing was stored.')
  feed.server.posts.splice(0, 1, { ...stored, media: [served], version: 2 })
  const shown: boolean[] = []
  let watching = true
  const watch = async () => {
    while (watching) {
      shown.push(feed.all<HTMLImageElement>('.tile > img').some(image => image.naturalWidth > 0))
      await nextFrame()
    }
  }
  const watched = watch()
  await feed.element.refresh()
  await feed.until(
    () => feed.find<HTMLImageElement>('.picture.shown').src === served.url && feed.all('.tag').length === 0,
  )
  await feed.until(() => revoke.mock.calls.flat().includes(previewUrl))
  watching = false
  await watched
  expect(shown).not.toContain(false)
  expect(rows(feed)[0]).toBe(row)
  expect(media()).toBe(before)
})
