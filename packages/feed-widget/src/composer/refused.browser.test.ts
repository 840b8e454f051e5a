import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { mountFeed } from '../testing/mountFeed.ts'
import { type OpenComposer, openComposer, transferOf } from '../testing/openComposer.ts'
import { pictureBomb, sampleFile, sampleFilm } from '../testing/sampleFile.ts'

let feed: OpenComposer

beforeEach(() => {
  document.documentElement.lang = 'en'
})

afterEach(() => {
  document.body.replaceChildren()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const open = async (options?: Parameters<typeof openComposer>[0]) => {
  feed = await openComposer(options)
}

/** With a text beside it, which can still be posted. */
const refuses = async (file: File, message: string) => {
  await open()
  await userEvent.fill(feed.find('textarea'), 'Hello')
  feed.choose(file)
  await feed.until(() => feed.refused().length === 1)
  expect(feed.refused()).toEqual([message])
  await feed.until(() => feed.said() === message)
  expect(feed.find('.limits').textContent).toBe('Up to 4 images, 20 MB each. One video of up to 30 s, 100 MB.')
  expect(feed.phases()).toEqual([])
  expect(feed.find<HTMLTextAreaElement>('textarea').value).toBe('Hello')
  expect(feed.server.requests.filter(line => line.includes('upload'))).toEqual([])
  feed.button('Post').click()
  await feed.until(() => feed.server.bodies.length === 1)
  expect(feed.refused()).toEqual([])
}

test('a video of 31 seconds is refused', async () => {
  await refuses(await sampleFilm('encore.mp4', 31), 'encore.mp4 is 31 s long. 30 s are allowed.')
})

test('a text that is named .mp4 is refused', async () => {
  const file = new File(['just words'], 'song.mp4', { type: 'video/mp4' })
  await refuses(file, 'song.mp4 is not an image or video.')
})

test('a file of 0 bytes is refused', () => refuses(new File([], 'a.jpg', { type: 'image/jpeg' }), 'a.jpg is empty.'))

test('a picture whose header says that it would fill the memory is refused before a pixel is decoded', async () => {
  const decode = vi.spyOn(globalThis, 'createImageBitmap')
  await refuses(pictureBomb(30_000, 30_000), 'huge.png has too many pixels: 30,000 × 30,000.')
  expect(decode).not.toHaveBeenCalled()
})

test('a picture that breaks off after its header is refused', () =>
  refuses(pictureBomb(300, 300), 'huge.png could not be read. It may be damaged.'))

test('a picture of more bytes than the server takes is refused', async () => {
  const picture = await sampleFile()
  const large = new File([picture, new Uint8Array(20_000_000)], 'large.jpg', { type: 'image/jpeg' })
  await refuses(large, 'large.jpg is too large: 20 MB. 20 MB are allowed.')
})

test('a GIF is refused', () =>
  refuses(new File(['GIF89a......'], 'a.gif'), 'a.gif is of a type that can’t be posted here.'))

test('a fifth image, and a video beside images, are refused; the four stay', async () => {
  await open()
  const images = await Promise.all([1, 2, 3, 4, 5].map(number => sampleFile({ name: `${number}.jpg` })))
  feed.choose(...images, await sampleFilm('clip.mp4', 2))
  await feed.uploaded(4)
  await feed.until(() => feed.refused().length === 2)
  expect(feed.refused()).toEqual([
    '5.jpg was not added: 4 is the most in a post.',
    'clip.mp4 was not added: a post has images or a video, not both.',
  ])
  expect(feed.all('.alt').map(field => field.ariaLabel)).toEqual([1, 2, 3, 4].map(number => `Describe ${number}.jpg`))
})

test('10,000 characters are not sent, and stay; they are counted as people count', async () => {
  await open()
  await userEvent.fill(feed.find('textarea'), '🎺'.repeat(2000))
  expect(feed.find('textarea').ariaInvalid).toBe('false')
  expect(feed.button('Post').ariaDisabled).toBe('false')
  await userEvent.fill(feed.find('textarea'), 'x'.repeat(10_000))
  expect(feed.find('textarea').ariaInvalid).toBe('true')
  expect(feed.find('.count').textContent).toContain('Characters over the limit: 8,000')
  feed.button('Post').click()
  expect(feed.server.bodies).toEqual([])
  expect(feed.find<HTMLTextAreaElement>('textarea').value).toHaveLength(10_000)
})

test('a kind that is switched off has no button; with both off files that are pasted are the page’s', async () => {
  await open({ prepare: ({ info }) => Object.assign(info.features, { video: false }) })
  expect(feed.all('[type=file]')).toHaveLength(1)
  feed.choose(await sampleFilm('clip.mp4', 2))
  await feed.until(() => feed.refused().length === 1)
  expect(feed.refused()).toEqual(['clip.mp4 is of a type that can’t be posted here.'])
  document.body.replaceChildren()
  const mounted = await mountFeed({
    prepare: ({ info }) => Object.assign(info.features, { images: false, video: false }),
  })
  await mounted.until(
    () => mounted.all('textarea').length > 0 && mounted.server.requests.some(line => /feeds\/[^/]+$/.test(line)),
  )
  const clipboardData = transferOf([await sampleFile()])
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true })
  mounted.find('textarea').dispatchEvent(paste)
  expect(paste.defaultPrevented).toBe(false)
  expect(mounted.all('[type=file]')).toHaveLength(0)
})
