import type { MediaItem } from '@venuekit/core/contracts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type MountedFeed, mountFeed } from '../testing/mountFeed.ts'
import { sampleItem, sampleVideo } from '../testing/sampleMedia.ts'
import { hidePage, wishForLessMotion, wishToSaveData } from '../testing/wishes.ts'
import { pageStage } from './VideoStage.ts'

beforeEach(async () => {
  document.documentElement.lang = 'en'
  await page.viewport(640, 800)
})

afterEach(async () => {
  document.body.replaceChildren()
  window.scrollTo(0, 0)
  pageStage().setSound(false)
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  await wishForLessMotion(false)
})

/** A feed with those videos, the first on top. */
const open = async (...media: MediaItem[]): Promise<MountedFeed> => {
  const feed = await mountFeed({
    posts: 0,
    signedIn: false,
    prepare: server => {
      for (const item of media.toReversed()) server.add('Soundcheck', { media: [item] })
    },
  })
  await feed.until(() => feed.all('video').length === media.length)
  return feed
}
const isPlaying = (video: HTMLVideoElement | undefined) => video !== undefined && !video.paused && video.currentTime > 0
const plays = (feed: MountedFeed, at = 0) => feed.until(() => isPlaying(feed.all<HTMLVideoElement>('video')[at]))
const rests = (feed: MountedFeed, at = 0) => feed.until(() => feed.all<HTMLVideoElement>('video')[at]?.paused === true)
/** Resolves when the stage has been told what is near and in sight. */
const near = () =>
  new Promise<void>(resolve => {
    const observer = new IntersectionObserver(() => {
      observer.disconnect()
      resolve()
    })
    observer.observe(document.body)
  })
const goTo = async (element: Element | undefined) => {
  element?.scrollIntoView({ block: 'center', behavior: 'instant' })
}

test('a video in sight plays by itself, without sound, in the room that was kept for it', async () => {
  const feed = await open(await sampleVideo())
  await plays(feed)
  expect(feed.find<HTMLVideoElement>('video').muted).toBe(true)
  const { width, height } = feed.find('.media').getBoundingClientRect()
  expect(width / height).toBeCloseTo(320 / 192, 2)
})

test('of several videos one plays, and another only when it comes into sight instead', async () => {
  const feed = await open(
    await sampleVideo({ columns: 8, rows: 16 }),
    await sampleVideo({ columns: 8, rows: 16 }),
    await sampleVideo(),
  )
  await plays(feed, 0)
  expect(feed.all<HTMLVideoElement>('video').filter(isPlaying)).toHaveLength(1)
  await goTo(feed.all('video')[1])
  await plays(feed, 1)
  expect(feed.all<HTMLVideoElement>('video').filter(video => !video.paused)).toHaveLength(1)
})

test('two widgets on one page share the stage', async () => {
  const video = await sampleVideo()
  const one = await open(video)
  await plays(one)
  const other = await open({ ...video, id: crypto.randomUUID() })
  expect(other.find<HTMLVideoElement>('video').paused).toBe(true)
  await userEvent.click(other.button('Play'))
  await plays(other)
  expect(one.find<HTMLVideoElement>('video').paused).toBe(true)
})

test('a video rests out of sight and goes on when it comes back', async () => {
  const feed = await open(await sampleVideo())
  await plays(feed)
  document.body.append(Object.assign(document.createElement('div'), { style: 'height: 3000px' }))
  window.scrollTo({ top: 1200, behavior: 'instant' })
  await rests(feed)
  window.scrollTo({ top: 0, behavior: 'instant' })
  await plays(feed)
})

test('a video far away gives up its data, and comes back to where it was', async () => {
  const feed = await open(await sampleVideo())
  const video = feed.find<HTMLVideoElement>('video')
  await feed.until(() => video.currentTime > 0.4)
  document.body.append(Object.assign(document.createElement('div'), { style: 'height: 9000px' }))
  window.scrollTo({ top: 6000, behavior: 'instant' })
  await feed.until(() => !video.hasAttribute('src') && video.networkState === video.NETWORK_EMPTY)
  window.scrollTo({ top: 0, behavior: 'instant' })
  await plays(feed)
  expect(video.currentTime).toBeGreaterThan(0.3)
})

test('nothing plays while the page is hidden', async () => {
  const feed = await open(await sampleVideo())
  await plays(feed)
  hidePage(true)
  await rests(feed)
  hidePage(false)
  await plays(feed)
})

test('what the visitor has paused stays paused, and starts no other video', async () => {
  const feed = await open(await sampleVideo({ columns: 40, rows: 12 }), await sampleVideo({ columns: 40, rows: 12 }))
  await plays(feed, 0)
  await userEvent.click(feed.button('Pause'))
  await rests(feed, 0)
  hidePage(true)
  hidePage(false)
  window.scrollBy({ top: 5, behavior: 'instant' })
  await new Promise(requestAnimationFrame)
  expect(feed.all<HTMLVideoElement>('video').every(({ paused }) => paused)).toBe(true)
  expect(feed.button('Play')).toBeTruthy()
})

test('with less motion no video starts by itself; the play button starts it', async () => {
  await wishForLessMotion(true)
  const feed = await open(await sampleVideo())
  const video = feed.find<HTMLVideoElement>('video')
  await feed.until(() => video.hasAttribute('src'))
  expect(video.preload).toBe('none')
  expect(video.poster).not.toBe('')
  await userEvent.click(feed.find('.start'))
  await plays(feed)
})

test('a wish for less motion ends what plays by itself, and not what the visitor has started', async () => {
  const feed = await open(await sampleVideo())
  await plays(feed)
  await wishForLessMotion(true)
  await rests(feed)
  await feed.until(() => feed.all('.start').length === 1)
  await userEvent.click(feed.find('.start'))
  await plays(feed)
  await near()
  expect(feed.find<HTMLVideoElement>('video').paused).toBe(false)
})

test('who saves data gets no byte of a video before the play button', async () => {
  wishToSaveData()
  const feed = await open(await sampleVideo({ poster: false }))
  const video = feed.find<HTMLVideoElement>('video')
  await near()
  expect(video.hasAttribute('src')).toBe(false)
  await userEvent.click(feed.find('.start'))
  await plays(feed)
})

test('without a poster the first frame shows', async () => {
  await wishForLessMotion(true)
  const feed = await open(await sampleVideo({ poster: false }))
  await feed.until(() => feed.find<HTMLVideoElement>('video').readyState >= 2)
  expect(feed.find<HTMLVideoElement>('video').paused).toBe(true)
})

test('where the browser refuses to start a video, the play button is there', async () => {
  const play = vi.spyOn(HTMLMediaElement.prototype, 'play')
  play.mockRejectedValue(new DOMException('The user did not interact.', 'NotAllowedError'))
  const feed = await open(await sampleVideo())
  await feed.until(() => play.mock.calls.length > 0)
  play.mockRestore()
  expect(feed.button('Play')).toBeTruthy()
  await userEvent.click(feed.find('.start'))
  await plays(feed)
})

test('sound is a switch for all videos, with a tick that can be felt', async () => {
  const vibrate = vi.spyOn(navigator, 'vibrate').mockReturnValue(true)
  const feed = await open(await sampleVideo({ columns: 40, rows: 12 }), await sampleVideo({ columns: 40, rows: 12 }))
  await plays(feed)
  const [sound, other] = feed.all('.sound')
  await userEvent.click(feed.button('Sound'))
  expect(sound?.getAttribute('aria-pressed')).toBe('true')
  await feed.until(() => other?.getAttribute('aria-pressed') === 'true')
  expect(feed.all<HTMLVideoElement>('video').every(({ muted }) => !muted)).toBe(true)
  expect(vibrate).toHaveBeenCalledOnce()
  await userEvent.click(feed.button('Sound'))
  expect(feed.find<HTMLVideoElement>('video').muted).toBe(true)
})

test('where sound is refused, the video plays without', async () => {
  pageStage().setSound(true)
  const { play } = HTMLMediaElement.prototype
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function (this: HTMLMediaElement) {
    return this.muted ? play.call(this) : Promise.reject(new DOMException('Not muted.', 'NotAllowedError'))
  })
  const feed = await open(await sampleVideo())
  await plays(feed)
  expect(feed.button('Sound').getAttribute('aria-pressed')).toBe('false')
})

test('keys reach every control, which show themselves then', async () => {
  const feed = await open(await sampleVideo())
  await plays(feed)
  const focused = () => feed.element.shadowRoot?.activeElement
  feed.find('article').focus()
  const names: (string | null | undefined)[] = []
  while (names.at(-1) !== 'Full screen' && names.length < 12) {
    await userEvent.keyboard('{Tab}')
    names.push(focused()?.getAttribute('aria-label'))
  }
  expect(names.slice(-4)).toEqual(['Pause', 'Position', 'Sound', 'Full screen'])
  const pause = feed.button('Pause')
  pause.focus()
  await feed.until(() => getComputedStyle(pause).opacity === '1')
  await userEvent.keyboard(' ')
  await rests(feed)
  feed.find('.progress').focus()
  const video = feed.find<HTMLVideoElement>('video')
  const before = video.currentTime
  await userEvent.keyboard('{ArrowRight>9/}')
  await feed.until(() => video.currentTime > before + 0.5)
  expect(feed.find('.progress').getAttribute('aria-valuetext')).toMatch(/^0:0\d of 0:06$/)
})

test('a video that cannot be played says so, and loads again when it can', async () => {
  const video = await sampleVideo()
  const feed = await open({ ...video, url: 'data:video/mp4;base64,AAAA' })
  await feed.until(() => feed.all('.notice-tile').length === 1)
  expect(feed.find('.notice-tile').textContent).toContain('cannot be played')
  const element = feed.find<HTMLVideoElement>('video')
  vi.spyOn(element, 'src', 'set').mockImplementation(() => void element.setAttribute('src', video.url ?? ''))
  await userEvent.click(feed.button('Load again'))
  await plays(feed)
  expect(feed.all('.notice-tile')).toHaveLength(0)
})

test('what is being processed says so, and is replaced in the same row once it is ready', async () => {
  const video = await sampleVideo()
  const waiting = { ...video, status: 'processing', url: null, posterUrl: null, width: null, height: null } as const
  const feed = await mountFeed({
    posts: 0,
    signedIn: false,
    prepare: server => void server.add('Soundcheck', { media: [waiting] }),
  })
  await feed.until(() => feed.all('.notice-clock').length === 1)
  const [row] = feed.all('article')
  const [stored] = feed.server.posts
  feed.server.posts.splice(0, 1, { ...(stored as NonNullable<typeof stored>), media: [video], version: 2 })
  await feed.element.refresh()
  await plays(feed)
  expect(feed.all('article')[0]).toBe(row)
})

test('what was refused says so', async () => {
  const failed = sampleItem({ kind: 'video', status: 'failed' })
  const feed = await mountFeed({
    posts: 0,
    signedIn: false,
    prepare: server => void server.add('Too long', { media: [failed] }),
  })
  await feed.until(() => feed.all('.notice-broken').length === 1)
  expect(feed.find('.notice-broken').textContent).toContain('could not be processed')
})
