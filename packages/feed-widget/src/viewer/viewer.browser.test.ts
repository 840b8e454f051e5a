import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { checkAccess } from '../../../../test/checkAccess.ts'
import { type MountedFeed, mountFeed } from '../testing/mountFeed.ts'
import { samplePicture, sampleVideo } from '../testing/sampleMedia.ts'

let feed: MountedFeed

beforeEach(async () => {
  document.documentElement.lang = 'en'
  await page.viewport(640, 900)
})

afterEach(() => {
  document.body.replaceChildren()
  document.documentElement.removeAttribute('style')
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const pictures = () =>
  Promise.all([
    samplePicture({ hue: 200, alt: 'The queue at the door' }),
    samplePicture({ hue: 300, alt: 'The first song' }),
    samplePicture({ hue: 20, alt: null }),
  ])

interface Opening {
  media?: Awaited<ReturnType<typeof pictures>>
  dir?: 'ltr' | 'rtl'
  theme?: 'light' | 'dark'
  at?: number
}

const open = async ({ media, dir = 'ltr', theme = 'light', at = 0 }: Opening = {}) => {
  const shown = media ?? (await pictures())
  feed = await mountFeed({
    posts: 2,
    signedIn: false,
    prepare: server => void server.add('Last night', { media: shown }),
    dress: element => {
      element.dir = dir
      element.theme = theme
      element.locale = 'en'
    },
  })
  await feed.until(() => feed.all('.picture.shown').length === shown.filter(({ kind }) => kind === 'image').length)
  const opener = feed.all<HTMLElement>('.grid [aria-haspopup]')[at]
  opener?.focus()
  opener?.click()
  await feed.until(() => feed.all<HTMLDialogElement>('dialog')[0]?.open === true)
  await feed.until(() => current().naturalWidth > 0)
}
const dialog = () => feed.find<HTMLDialogElement>('dialog')
const current = () => feed.find<HTMLImageElement>('[data-current="true"] > .large')
const counter = () => feed.find('.counter').textContent
const active = () => feed.element.shadowRoot?.activeElement
const isClosed = () => feed.until(() => feed.all('dialog').length === 0)

test('a picture opens full screen with its description, and Escape brings the focus back to it', async () => {
  await open({ at: 1 })
  expect(counter()).toBe('2 of 3')
  expect(feed.find('.caption').textContent).toBe('The first song')
  expect(active()?.getAttribute('aria-label')).toBe('Close')
  await userEvent.keyboard('{Escape}')
  await isClosed()
  expect(active()?.getAttribute('aria-label')).toBe('Open picture 2 of 3: The first song')
})

test('the focus comes back to the picture that was shown last', async () => {
  await open()
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{Escape}')
  await isClosed()
  expect(active()?.getAttribute('aria-label')).toBe('Open picture 3 of 3: no description')
})

test('arrow keys go to the sides of the screen, and no further than the ends', async () => {
  await open()
  await userEvent.keyboard('{ArrowLeft}')
  expect(counter()).toBe('1 of 3')
  await userEvent.keyboard('{ArrowRight}')
  await feed.until(() => counter() === '2 of 3')
  await userEvent.keyboard('{ArrowRight}{ArrowRight}')
  await feed.until(() => counter() === '3 of 3')
})

test('from right to left the next picture is on the left', async () => {
  await open({ dir: 'rtl' })
  await userEvent.keyboard('{ArrowLeft}')
  await feed.until(() => counter() === '2 of 3')
  await swipe(200)
  await feed.until(() => counter() === '3 of 3')
})

test('the focus stays inside, and the page hears no key', async () => {
  const heard: string[] = []
  const listen = (event: KeyboardEvent) => void heard.push(event.key)
  document.addEventListener('keydown', listen)
  await open()
  for (let presses = 0; presses < 8; presses++) {
    await userEvent.keyboard('{Tab}')
    const inside = active()
    if (inside) expect(dialog().contains(inside)).toBe(true)
  }
  feed.button('Next').focus()
  heard.length = 0
  await userEvent.keyboard('{PageDown}{ArrowRight}')
  expect(dialog().open).toBe(true)
  document.removeEventListener('keydown', listen)
  expect(heard).toEqual([])
})

test('the page does not scroll meanwhile, and its own style is back afterwards', async () => {
  document.documentElement.style.cssText = 'overflow: scroll; color: rgb(1, 2, 3);'
  const before = document.documentElement.getAttribute('style')
  await open()
  expect(getComputedStyle(document.documentElement).overflowY).toBe('hidden')
  await userEvent.keyboard('{Escape}')
  await isClosed()
  expect(document.documentElement.getAttribute('style')).toBe(before)
})

test('a page without a style of its own has none afterwards, also where the widget goes meanwhile', async () => {
  await open()
  feed.element.remove()
  await vi.waitFor(() => expect(document.documentElement.hasAttribute('style')).toBe(false), 20_000)
})

type Step = readonly [type: 'pointerdown' | 'pointermove' | 'pointerup', x: number, y: number, id?: number]

/** What a finger does, a frame of 60 a second between steps, however long the browser's take. */
const touch = async (steps: readonly Step[]) => {
  let timeStamp = performance.now()
  for (const [type, x, y, pointerId = 7] of steps) {
    const target = current()
    const init = { bubbles: true, composed: true, pointerId, pointerType: 'touch', button: 0, clientX: x, clientY: y }
    timeStamp += 1000 / 60
    target.dispatchEvent(Object.defineProperty(new PointerEvent(type, init), 'timeStamp', { value: timeStamp }))
    await new Promise(requestAnimationFrame)
  }
}
const swipe = (distance: number) =>
  touch([
    ['pointerdown', 320, 450],
    ['pointermove', 320 + distance / 3, 450],
    ['pointermove', 320 + distance / 1.5, 450],
    ['pointermove', 320 + distance, 450],
    ['pointerup', 320 + distance, 450],
  ])

beforeEach(() => {
  // Pointers made here are none of the browser's, which captures only its own.
  vi.spyOn(Element.prototype, 'setPointerCapture').mockImplementation(() => {})
})

test('a swipe brings the next picture; at the end it springs back', async () => {
  await open()
  await swipe(-250)
  await feed.until(() => counter() === '2 of 3')
  await swipe(-250)
  await feed.until(() => counter() === '3 of 3')
  await swipe(-250)
  expect(counter()).toBe('3 of 3')
  expect(feed.find('.track').style.getPropertyValue('--_x')).toBe('0px')
})

test('a finger that pulls down closes, one that pulls a little does not', async () => {
  await open()
  await touch([
    ['pointerdown', 320, 300],
    ['pointermove', 320, 320],
    ['pointermove', 320, 325],
    ['pointermove', 320, 325],
    ['pointermove', 320, 325],
    ['pointerup', 320, 325],
  ])
  expect(dialog().open).toBe(true)
  await touch([
    ['pointerdown', 320, 300],
    ['pointermove', 320, 380],
    ['pointermove', 320, 480],
    ['pointerup', 320, 480],
  ])
  await isClosed()
})

const scaleOf = () => new DOMMatrix(current().style.transform).a

test('two fingers enlarge a picture, and then one moves it', async () => {
  await open()
  await touch([
    ['pointerdown', 300, 450, 1],
    ['pointerdown', 340, 450, 2],
    ['pointermove', 260, 450, 1],
    ['pointermove', 380, 450, 2],
    ['pointerup', 380, 450, 2],
    ['pointerup', 260, 450, 1],
  ])
  expect(scaleOf()).toBeCloseTo(3, 0)
  const before = new DOMMatrix(current().style.transform).e
  await swipe(-60)
  expect(new DOMMatrix(current().style.transform).e).toBeLessThan(before)
  expect(counter()).toBe('1 of 3')
})

test('a double tap, the button and the keys enlarge and restore a picture', async () => {
  await open()
  const tap: Step[] = [
    ['pointerdown', 320, 450],
    ['pointerup', 320, 450],
  ]
  await touch([...tap, ...tap])
  expect(scaleOf()).toBe(2.5)
  expect(feed.button('Zoom').getAttribute('aria-pressed')).toBe('true')
  await userEvent.click(feed.button('Zoom'))
  expect(current().style.transform).toBe('none')
  await userEvent.keyboard('+')
  expect(scaleOf()).toBe(1.5)
  await userEvent.keyboard('{ArrowRight}')
  expect(counter()).toBe('1 of 3')
  await userEvent.keyboard('0{ArrowRight}')
  await feed.until(() => counter() === '2 of 3')
})

test('a video goes on full screen from where it was, and nothing plays behind it', async () => {
  const media = [await sampleVideo()]
  feed = await mountFeed({ posts: 0, signedIn: false, prepare: server => void server.add('Soundcheck', { media }) })
  await feed.until(() => feed.all('video').length > 0)
  await feed.until(() => feed.find<HTMLVideoElement>('video').currentTime > 0.5)
  await userEvent.click(feed.button('Full screen'))
  await feed.until(() => feed.all('video.alone').length === 1)
  const large = feed.find<HTMLVideoElement>('video.alone')
  await feed.until(() => !large.paused && large.currentTime >= 0.5)
  expect(feed.find<HTMLVideoElement>('.grid video').paused).toBe(true)
  await userEvent.keyboard('{Escape}')
  await isClosed()
  await feed.until(() => !feed.find<HTMLVideoElement>('.grid video').paused)
})

for (const [look, dress] of Object.entries({
  light: { theme: 'light', dir: 'ltr' },
  dark: { theme: 'dark', dir: 'ltr' },
  'right to left': { theme: 'light', dir: 'rtl' },
} as const)) {
  test(`axe finds nothing in ${look} full screen`, async () => {
    await open(dress)
    await Promise.allSettled(feed.element.shadowRoot?.getAnimations().map(({ finished }) => finished) ?? [])
    expect(await checkAccess(feed.element)).toEqual([])
  })
}
