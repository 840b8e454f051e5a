import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { type MountedFeed, mountFeed } from '../testing/mountFeed.ts'
import { samplePicture, sampleVideo } from '../testing/sampleMedia.ts'

beforeEach(async () => {
  document.documentElement.lang = 'en'
  await page.viewport(640, 900)
})

afterEach(() => {
  document.body.replaceChildren()
  window.scrollTo(0, 0)
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const open = async (prepare: NonNullable<Parameters<typeof mountFeed>[0]>['prepare']): Promise<MountedFeed> => {
  const feed = await mountFeed({ posts: 0, signedIn: false, ...(prepare ? { prepare } : {}) })
  await feed.until(() => feed.all('.grid').length > 0)
  return feed
}

test('a picture shows in the room that was kept for it', async () => {
  const picture = await samplePicture({ width: 1200, height: 800 })
  const feed = await open(server => void server.add('From the front row', { media: [picture] }))
  await feed.until(() => feed.find<HTMLImageElement>('.picture').classList.contains('shown'))
  const { width, height } = feed.find('.media').getBoundingClientRect()
  expect(width / height).toBeCloseTo(1.5, 2)
})

test('a video in sight plays by itself, without sound', async () => {
  const video = await sampleVideo()
  const feed = await open(server => void server.add('Soundcheck', { media: [video] }))
  const element = feed.find<HTMLVideoElement>('video')
  await feed.until(() => !element.paused && element.currentTime > 0)
  expect(element.muted).toBe(true)
})
