import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { checkAccess } from '../../../../test/checkAccess.ts'
import { mountFeed } from '../testing/mountFeed.ts'
import { sampleItem, samplePicture, sampleVideo } from '../testing/sampleMedia.ts'

beforeEach(async () => {
  document.documentElement.lang = 'en'
  await page.viewport(640, 900)
})

afterEach(() => {
  document.body.replaceChildren()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('the room of every grid is kept before anything of it has loaded', async () => {
  const media = [await samplePicture({ width: 700, height: 1400 }), await samplePicture(), await samplePicture()]
  for (const [count, shape] of [
    [1, 0.5],
    [2, 1.5],
    [3, 1.5],
  ] as const) {
    document.body.replaceChildren()
    const feed = await mountFeed({
      posts: 1,
      signedIn: false,
      prepare: server => void server.add('', { media: media.slice(0, count) }),
    })
    await feed.until(() => feed.all('.media').length === 1)
    const before = feed.find('.media').getBoundingClientRect()
    expect(before.width / before.height).toBeCloseTo(shape, 2)
    await feed.until(() => feed.all('.picture.shown').length === count)
    expect(feed.find('.media').getBoundingClientRect().height).toBe(before.height)
  }
})

test('pictures load lazily, decode aside and have their description', async () => {
  const media = [await samplePicture({ alt: 'Doors' }), await samplePicture({ alt: null })]
  const feed = await mountFeed({ posts: 0, signedIn: false, prepare: server => void server.add('', { media }) })
  await feed.until(() => feed.all('.picture').length === 2)
  const [named, plain] = feed.all<HTMLImageElement>('.picture')
  expect([named?.loading, named?.decoding, named?.alt, plain?.alt]).toEqual(['lazy', 'async', 'Doors', ''])
  expect(feed.all('.opens').map(({ ariaLabel }) => ariaLabel)).toEqual([
    'Open picture 1 of 2: Doors',
    'Open picture 2 of 2: no description',
  ])
})

test('a picture that does not come says so, and comes when it is asked for again', async () => {
  const picture = await samplePicture()
  const feed = await mountFeed({
    posts: 0,
    signedIn: false,
    prepare: server => void server.add('', { media: [{ ...picture, url: `${location.origin}/missing.jpg` }] }),
  })
  await feed.until(() => feed.all('.notice-tile').length === 1)
  vi.spyOn(HTMLImageElement.prototype, 'src', 'set').mockImplementation(function (this: HTMLImageElement) {
    this.setAttribute('src', picture.url ?? '')
  })
  await userEvent.click(feed.button('Load again'))
  await feed.until(() => feed.all('.picture.shown').length === 1)
})

for (const [look, dress] of Object.entries({
  light: { theme: 'light', dir: 'ltr', locale: 'en' },
  dark: { theme: 'dark', dir: 'ltr', locale: 'en' },
  'right to left': { theme: 'light', dir: 'rtl', locale: 'ar' },
} as const)) {
  test(`axe finds nothing in ${look} at pictures, videos and those that are not there`, async () => {
    const media = [
      [await samplePicture(), await samplePicture({ alt: null })],
      [await sampleVideo()],
      [sampleItem({ status: 'processing' })],
      [sampleItem({ kind: 'video', status: 'failed' })],
      [sampleItem({ url: 'data:image/png;base64,AAAA' })],
    ]
    const feed = await mountFeed({
      posts: 0,
      signedIn: false,
      prepare: server => {
        for (const items of media.toReversed()) server.add('Tonight', { media: items })
      },
      dress: element => Object.assign(element, dress),
    })
    await feed.until(() => feed.all('.picture.shown').length === 2 && feed.all('.notice-tile').length === 3)
    await feed.until(() => feed.find<HTMLVideoElement>('video').currentTime > 0)
    const running = feed.element.shadowRoot?.getAnimations() ?? []
    const ending = running.filter(({ effect }) => effect?.getComputedTiming().iterations === 1)
    await Promise.allSettled(ending.map(({ finished }) => finished))
    expect(await checkAccess(feed.element)).toEqual([])
  })
}
