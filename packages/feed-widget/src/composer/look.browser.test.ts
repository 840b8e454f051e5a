import { afterEach, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type MountedFeed, mountFeed, nextFrame } from '../testing/mountFeed.ts'
import { pictureBomb, sampleFile, sampleFilm } from '../testing/sampleFile.ts'
import { samplePicture } from '../testing/sampleMedia.ts'

// `VITE_PICTURES=1` draws every state into `.screenshots/composer`, for a person to look at.
const wantsPictures = (import.meta as { env?: Record<string, string> }).env?.VITE_PICTURES === '1'

const choose = (feed: MountedFeed, ...files: File[]) => {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  const picker = feed.find<HTMLInputElement>('[type=file]')
  picker.files = transfer.files
  picker.dispatchEvent(new Event('change', { bubbles: true }))
}

const photo = async (name: string, hue: number) => {
  const { url } = await samplePicture({ hue })
  return new File([await (await fetch(url ?? '')).blob()], name, { type: 'image/jpeg' })
}

const phases = (feed: MountedFeed) => feed.all('.attached').map(item => item.dataset.phase)

const scenes: Record<string, (feed: MountedFeed, photos: readonly File[]) => Promise<void>> = {
  empty: async () => {},
  typing: async feed => {
    await userEvent.fill(feed.find('textarea'), 'Look at these lights')
  },
  uploading: async (feed, photos) => {
    await userEvent.fill(feed.find('textarea'), 'Look at these lights')
    const release = feed.server.hold('PUT')
    choose(feed, ...photos)
    await feed.until(() => phases(feed).join() === 'sending,sending')
    feed.all<HTMLButtonElement>('.attached-end button')[0]?.click()
    release()
    await feed.until(() => phases(feed)[1] === 'ready')
  },
  film: async feed => {
    feed.server.uploads.processing = true
    feed.server.uploads.cutAfter = 300_000
    choose(feed, await sampleFilm('soundcheck.mp4', 28))
    await feed.until(() => phases(feed)[0] === 'stalled')
  },
  refused: async feed => {
    feed.server.failNext('POST /v1/uploads', 'forbidden')
    choose(feed, await sampleFile(), pictureBomb(30_000, 30_000), new File(['words'], 'song.mp4'))
    await feed.until(() => phases(feed)[0] === 'failed' && feed.all('.refused').length === 2)
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

for (const [name, act] of Object.entries(scenes)) {
  test.runIf(wantsPictures)(`${name} looks as it should`, { timeout: 60_000 }, async () => {
    // Before the feed's server takes the place of fetch.
    const photos = [await photo('lights.jpg', 200), await photo('a very long name of a picture.jpg', 300)]
    for (const [theme, width, direction] of themes) {
      document.body.replaceChildren()
      document.body.style.cssText = `margin:0;padding:16px;font-family:system-ui,sans-serif;background:${theme === 'dark' ? '#0c0d10' : '#eceef2'}`
      await page.viewport(width, 900)
      const feed = await mountFeed({
        posts: 1,
        dress: element => {
          element.theme = theme
          element.dir = direction
          element.locale = 'en'
        },
      })
      await feed.until(() => feed.all('[type=file]').length > 0)
      await act(feed, photos)
      await nextFrame()
      await Promise.allSettled(
        (feed.element.shadowRoot?.getAnimations() ?? [])
          .filter(animation => animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
          .map(animation => animation.finished),
      )
      const path = `../../../../.screenshots/composer/${name}-${theme}-${width}-${direction}.png`
      await page.screenshot({ path, element: document.body })
    }
  })
}
