import type { MediaItem } from '@venuekit/core/contracts'
import { afterEach, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type MountedFeed, maya, mountFeed, nextFrame } from '../testing/mountFeed.ts'
import { sampleItem, samplePicture, sampleVideo } from '../testing/sampleMedia.ts'

// `VITE_PICTURES=1` draws every state into `.screenshots/media`, for a person to look at.
const wantsPictures = (import.meta as { env?: Record<string, string> }).env?.VITE_PICTURES === '1'

interface Scene {
  media: () => Promise<readonly (readonly MediaItem[])[]>
  act?: (feed: MountedFeed) => Promise<void>
}

const picture = (hue: number, width = 1200, height = 800) => samplePicture({ hue, width, height })
const broken = sampleItem({ url: 'data:image/png;base64,AAAA', width: 1200, height: 800 })
const brokenVideo = sampleItem({
  kind: 'video',
  url: 'data:video/mp4;base64,AAAA',
  width: 1280,
  height: 720,
  durationMs: 6000,
})
const plays = (feed: MountedFeed) =>
  feed.until(() => feed.all<HTMLVideoElement>('video').some(({ paused, currentTime }) => !paused && currentTime > 0.4))
const isOpen = (feed: MountedFeed) => feed.until(() => feed.all('dialog').length === 1)

const scenes: Record<string, Scene> = {
  one: { media: async () => [[await picture(260)], [await picture(20, 700, 1400)], [await picture(120, 2400, 700)]] },
  grids: {
    media: async () => [
      [await picture(200), await picture(320)],
      [await picture(20), await picture(60), await picture(300)],
      [await picture(100), await picture(150), await picture(220, 800, 1200), await picture(350)],
    ],
  },
  playing: { media: async () => [[await sampleVideo({ columns: 40, rows: 24 })]], act: plays },
  'playing-hover': {
    media: async () => [[await sampleVideo({ columns: 40, rows: 24 })]],
    act: async feed => {
      await plays(feed)
      await userEvent.hover(feed.find('video'))
      await userEvent.click(feed.button('Sound'))
    },
  },
  'playing-focus': {
    media: async () => [[await sampleVideo({ columns: 40, rows: 24 })]],
    act: async feed => {
      await plays(feed)
      feed.find('article').focus()
      await userEvent.keyboard('{Tab}{Tab}')
    },
  },
  paused: {
    media: async () => [[await sampleVideo({ columns: 40, rows: 24 })], [await sampleVideo({ columns: 9, rows: 16 })]],
    act: async feed => {
      await plays(feed)
      await userEvent.click(feed.button('Pause'))
      await userEvent.unhover(feed.find('video'))
    },
  },
  waiting: {
    media: async () => [
      [sampleItem({ status: 'processing' })],
      [sampleItem({ kind: 'video', status: 'processing', width: 1280, height: 720 })],
      [sampleItem({ status: 'failed', width: 1200, height: 800 }), sampleItem({ status: 'processing' })],
    ],
  },
  broken: {
    media: async () => [[broken], [brokenVideo], [{ ...broken, id: crypto.randomUUID() }, await picture(200), broken]],
    act: async feed => {
      await feed.until(() => feed.all('.grid > .notice-tile').length === 3)
      await feed.until(() => feed.all('.video .notice-tile').length === 1)
    },
  },
  viewer: {
    media: async () => [[await picture(200), await picture(320), await picture(40)]],
    act: async feed => {
      feed.all('.opens')[1]?.click()
      await isOpen(feed)
    },
  },
  'viewer-tall': {
    media: async () => [[await picture(280, 700, 1400)]],
    act: async feed => {
      feed.all('.opens')[0]?.click()
      await isOpen(feed)
    },
  },
  'viewer-video': {
    media: async () => [[await sampleVideo({ columns: 40, rows: 24 })]],
    act: async feed => {
      await plays(feed)
      await userEvent.click(feed.button('Full screen'))
      await isOpen(feed)
      await plays(feed)
      await feed.until(() => feed.all<HTMLVideoElement>('video.alone').some(({ paused }) => !paused))
    },
  },
}

const themes: readonly (readonly [theme: 'light' | 'dark', width: number, direction: 'ltr' | 'rtl'])[] = [
  ['light', 632, 'ltr'],
  ['dark', 632, 'ltr'],
  ['light', 320, 'ltr'],
  ['dark', 632, 'rtl'],
]

afterEach(() => {
  document.body.replaceChildren()
  document.body.removeAttribute('style')
  vi.unstubAllGlobals()
})

for (const [name, { media, act }] of Object.entries(scenes)) {
  test.runIf(wantsPictures)(`media ${name} looks as it should`, { timeout: 90_000 }, async () => {
    const posts = await media()
    for (const [theme, width, direction] of themes) {
      document.body.replaceChildren()
      document.body.style.cssText = `margin:0;padding:16px;font-family:system-ui,sans-serif;background:${theme === 'dark' ? '#0c0d10' : '#eceef2'}`
      await page.viewport(width, name.startsWith('viewer') ? 900 : 1500)
      const feed = await mountFeed({
        posts: 0,
        signedIn: false,
        prepare: server => {
          for (const [at, items] of posts.entries()) {
            const text = at === 0 ? 'From the front row. What a night!' : ''
            server.add(text, {
              media: [...items],
              author: at === 1 ? maya : { ...maya, name: 'Ren Takahashi', id: 'ren' },
            })
          }
        },
        dress: element => {
          element.theme = theme
          element.dir = direction
          element.locale = 'en'
        },
      })
      await feed.until(() => feed.all('.grid').length === posts.length)
      await feed.until(() => feed.all('.opens .picture:not(.shown)').length === 0)
      await act?.(feed)
      await nextFrame()
      const running = (feed.element.shadowRoot?.getAnimations() ?? []).filter(
        ({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY,
      )
      await Promise.allSettled(running.map(({ finished }) => finished))
      const path = `../../../../.screenshots/media/${name}-${theme}-${width}-${direction}.png`
      await page.screenshot(act && name.startsWith('viewer') ? { path } : { path, element: document.body })
    }
  })
}
