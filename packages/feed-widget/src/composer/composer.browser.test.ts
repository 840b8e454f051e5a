import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { type OpenComposer, openComposer, transferOf } from '../testing/openComposer.ts'
import { sampleFile, sampleFilm, turnedFile } from '../testing/sampleFile.ts'

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

const names = () => feed.all('.alt').map(field => field.ariaLabel)
const pixels = async (blob: Blob) => {
  const bitmap = await createImageBitmap(blob)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d')
  context?.drawImage(bitmap, 0, 0)
  const colour = (x: number, y: number) => [...(context?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3)
  return { size: [bitmap.width, bitmap.height], colour }
}
const kept = () => [...feed.server.uploads.kept.keys()]

describe('an image', () => {
  test('is attached, uploaded, described, posted, and shown at once', async () => {
    await open()
    feed.choose(await sampleFile({ name: 'stage.png', type: 'image/png', width: 3000, height: 1500 }))
    await feed.uploaded()
    await userEvent.fill(feed.find('.alt'), 'The stage')
    const release = feed.server.hold('POST')
    feed.button('Post').click()
    await feed.until(() => feed.all('article .picture').length === 1)
    const row = feed.find('article')
    const picture = feed.find('article .picture')
    release()
    await feed.until(() => row.dataset.delivery === 'sent')
    expect(feed.find('article')).toBe(row)
    expect(feed.find('article .picture')).toBe(picture)
    const [uploadId = ''] = kept()
    expect(feed.server.bodies).toMatchObject([{ text: '', media: [{ uploadId, alt: 'The stage' }] }])
    const { size } = await pixels(feed.server.uploads.bytes(uploadId))
    expect(size).toEqual([2048, 1024])
    expect(feed.phases()).toEqual([])
    expect(feed.said()).toBe('Posted')
  })

  test('is sent upright, without what its camera noted', async () => {
    await open()
    const file = await turnedFile()
    expect(await file.text()).toContain('GPS 48.2082')
    feed.choose(file)
    await feed.uploaded()
    const sent = feed.server.uploads.bytes(kept()[0] ?? '')
    expect(await sent.text()).not.toMatch(/GPS|Exif/)
    const { size, colour } = await pixels(sent)
    expect(size).toEqual([200, 400])
    // Turned clockwise, the lower left corner, blue, is the upper left one.
    const [red = 0, , blue = 0] = colour(20, 20)
    expect(blue).toBeGreaterThan(red)
  })

  test('comes by paste and by drop, too, in the order they were given; text that brings a picture stays text', async () => {
    await open()
    const one = await sampleFile({ name: 'one.jpg' })
    const two = await sampleFile({ name: 'two.jpg' })
    const pasted = transferOf([one])
    feed
      .find('textarea')
      .dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true, composed: true }),
      )
    await feed.until(() => names().length === 1)
    const drop = new DragEvent('drop', { dataTransfer: transferOf([two]), bubbles: true, cancelable: true })
    feed.find('form').dispatchEvent(drop)
    expect(drop.defaultPrevented).toBe(true)
    await feed.uploaded(2)
    expect(names()).toEqual(['Describe one.jpg', 'Describe two.jpg'])
    for (const [at, alt] of ['the first', 'the second'].entries())
      await userEvent.fill(feed.all('.alt')[at] ?? document.body, alt)
    const mixed = transferOf([one])
    mixed.setData('text/plain', 'a table')
    const paste = new ClipboardEvent('paste', { clipboardData: mixed, bubbles: true, cancelable: true, composed: true })
    feed.find('textarea').dispatchEvent(paste)
    expect(paste.defaultPrevented).toBe(false)
    feed.button('Post').click()
    await feed.until(() => feed.server.bodies.length === 1)
    expect(feed.server.bodies[0]).toMatchObject({ media: [{ alt: 'the first' }, { alt: 'the second' }] })
  })

  test('that is removed is cancelled at the server, its address revoked, and the focus goes to the text', async () => {
    await open()
    const revoked = vi.spyOn(URL, 'revokeObjectURL')
    feed.choose(await sampleFile())
    await feed.uploaded()
    const address = feed.find<HTMLImageElement>('.thumb img').src
    feed.button('Remove photo.jpg').click()
    await feed.until(() => feed.server.uploads.cancelled.length === 1)
    expect(feed.phases()).toEqual([])
    expect(revoked).toHaveBeenCalledWith(address)
    expect(feed.element.shadowRoot?.activeElement).toBe(feed.find('textarea'))
  })
})

describe('an upload', () => {
  test('that is cut goes on by itself from where the server has it', async () => {
    await open()
    feed.server.uploads.cutAfter = 1000
    const film = await sampleFilm('clip.mp4', 6)
    feed.choose(film)
    await feed.until(() => feed.phases()[0] === 'stalled')
    expect(feed.said()).toBe('No connection. It goes on by itself.')
    await feed.uploaded()
    const sent = feed.server.uploads.bytes(kept()[0] ?? '')
    expect(await sent.arrayBuffer()).toEqual(await film.arrayBuffer())
  })

  test('waits for the network, and goes on in the moment it is back', async () => {
    await open()
    // By the clock alone it would take half a minute.
    for (let attempt = 0; attempt < 5; attempt++) feed.server.failNext('PUT', 'network')
    feed.choose(await sampleFile())
    await feed.until(() => {
      if (feed.phases()[0] === 'stalled') globalThis.dispatchEvent(new Event('online'))
      return feed.phases()[0] === 'ready'
    })
  })

  test('is paused and goes on, by keyboard, with a bar that says how far it is', async () => {
    await open()
    const release = feed.server.hold('PUT')
    feed.choose(await sampleFile())
    await feed.until(() => feed.phases()[0] === 'sending')
    const bar = feed.find('[role=progressbar]')
    expect([bar.ariaLabel, bar.ariaValueNow, bar.ariaValueText]).toEqual(['photo.jpg', '0', 'Uploading, 0%'])
    feed.button('Pause photo.jpg').focus()
    await userEvent.keyboard('{Enter}')
    expect(feed.phases()).toEqual(['paused'])
    expect(feed.element.shadowRoot?.activeElement).toBe(feed.button('Go on with photo.jpg'))
    release()
    await userEvent.keyboard('{Enter}')
    await feed.uploaded()
  })

  test('is waited for: nothing is posted before, and whoever tries is told', async () => {
    await open()
    const release = feed.server.hold('PUT')
    feed.choose(await sampleFile())
    await feed.until(() => feed.phases()[0] === 'sending')
    await userEvent.fill(feed.find('textarea'), 'Hello')
    expect(feed.button('Post').ariaDisabled).toBe('true')
    feed.button('Post').click()
    await feed.until(() => feed.said() === 'You can post when everything is uploaded.')
    expect(feed.server.bodies).toEqual([])
    release()
    await feed.until(() => feed.button('Post').ariaDisabled === 'false')
  })

  test('that the server works on can be posted, and shows its preview until it is ready', async () => {
    await open()
    feed.server.uploads.processing = true
    feed.choose(await sampleFilm('clip.mp4', 6))
    await feed.until(() => feed.phases()[0] === 'processing')
    feed.button('Post').click()
    await feed.until(() => feed.find('article').dataset.delivery === 'sent')
    await feed.until(() => feed.find<HTMLVideoElement>('article video').currentSrc.startsWith('blob:'))
  })

  test('that the server rejects says why, keeps the text, and can only be removed', async () => {
    await open()
    feed.server.uploads.rejection = { reason: 'truncated', detail: 'It ends too early.' }
    await userEvent.fill(feed.find('textarea'), 'Hello')
    feed.choose(await sampleFilm('clip.mp4', 6))
    await feed.until(() => feed.phases()[0] === 'failed')
    expect(feed.find('.status').textContent).toBe('clip.mp4 is not complete. Choose the original file.')
    expect(feed.all('.attached button')).toHaveLength(1)
    feed.button('Post').click()
    await feed.until(() => feed.said() === 'Remove what could not be uploaded, or try again.')
    expect(feed.find<HTMLTextAreaElement>('textarea').value).toBe('Hello')
    expect(feed.server.bodies).toEqual([])
  })

  test('that was refused for a while can be tried again', async () => {
    await open({ prepare: server => server.failNext('POST /v1/uploads', 'limit_exceeded') })
    feed.choose(await sampleFile())
    await feed.until(() => feed.phases()[0] === 'failed')
    feed.button('Try photo.jpg again').click()
    await feed.uploaded()
  })

  test('ends with the widget: what was under way is cancelled, and nothing is left that listens', async () => {
    const added = vi.spyOn(globalThis, 'addEventListener')
    const removed = vi.spyOn(globalThis, 'removeEventListener')
    const online = (calls: readonly unknown[][]) =>
      new Set(calls.flatMap(([type, hear]) => (type === 'online' ? hear : [])))
    await open()
    feed.server.failNext('PUT', 'network')
    feed.server.failNext('PUT', 'network')
    const made = vi.spyOn(URL, 'createObjectURL')
    const revoked = vi.spyOn(URL, 'revokeObjectURL')
    feed.choose(await sampleFile(), await sampleFile({ name: 'other.jpg' }))
    await feed.until(() => feed.phases().filter(phase => phase === 'stalled').length === 2)
    feed.element.remove()
    await vi.waitFor(() => expect(feed.server.uploads.cancelled).toHaveLength(2), 20_000)
    expect(revoked.mock.calls.flat().sort()).toEqual(made.mock.results.map(({ value }) => value).sort())
    const left = () => {
      const gone = online(removed.mock.calls)
      return [...online(added.mock.calls)].filter(hear => !gone.has(hear))
    }
    await vi.waitFor(() => expect(left()).toEqual([]), 20_000)
    expect(kept()).toEqual([])
  })
})

test('where the page refuses addresses of blobs, a neutral picture stands for the file, which is posted all the same', async () => {
  await open()
  feed.choose(await sampleFile())
  await feed.uploaded()
  // What the browser tells of an image that its policy does not let it load.
  feed.find('.thumb img').dispatchEvent(new Event('error'))
  await feed.until(() => feed.all('.thumb img').length === 0)
  expect(feed.find('.thumb .icon').getBoundingClientRect().width).toBeGreaterThan(0)
  feed.button('Post').click()
  await feed.until(() => feed.server.bodies.length === 1)
})

test('a post that failed keeps its media, and is sent again with them', async () => {
  await open()
  feed.choose(await sampleFile())
  await feed.uploaded()
  feed.server.failNext('POST', 'forbidden')
  feed.button('Post').click()
  await feed.until(() => feed.find('article').dataset.delivery === 'failed')
  await feed.until(() => feed.all('article .picture').length === 1)
  feed.button('Try again').click()
  await feed.until(() => feed.find('article').dataset.delivery === 'sent')
  expect(feed.server.bodies).toMatchObject([{ media: [{ uploadId: kept()[0] }] }])
})
