import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { type MountedFeed, mountFeed } from '../testing/mountFeed.ts'
import { sampleFile } from '../testing/sampleFile.ts'

let feed: MountedFeed

beforeEach(() => {
  document.documentElement.lang = 'en'
})

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

const open = async (options?: Parameters<typeof mountFeed>[0]) => {
  feed = await mountFeed(options)
  await feed.until(() => feed.all('input[type=file]').length > 0)
}

const choose = (...files: File[]) => {
  const [picker] = feed.all<HTMLInputElement>('input[type=file]')
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  if (picker) picker.files = transfer.files
  picker?.dispatchEvent(new Event('change', { bubbles: true }))
}

const phases = () => feed.all('.attached').map(item => item.dataset.phase)

test('an image is attached, uploaded, described, posted, and shown at once', async () => {
  await open()
  choose(await sampleFile({ name: 'stage.png', width: 3000, height: 1500 }))
  await feed.until(() => phases()[0] === 'ready')
  await userEvent.fill(feed.find('.alt'), 'The stage')
  await userEvent.fill(feed.find('textarea'), 'Look at that')
  const release = feed.server.hold('POST')
  feed.button('Post').click()
  await feed.until(() => feed.all('article .picture').length === 1)
  const row = feed.find('article')
  const picture = feed.find('article .picture')
  release()
  await feed.until(() => row.dataset.delivery === 'sent')
  expect(feed.find('article')).toBe(row)
  expect(feed.find('article .picture')).toBe(picture)
  const [stored] = feed.server.posts
  expect(feed.server.bodies[0]).toMatchObject({ media: [{ uploadId: stored?.media[0]?.id, alt: 'The stage' }] })
  const bitmap = await createImageBitmap(feed.server.uploads.bytes(stored?.media[0]?.id ?? ''))
  expect([bitmap.width, bitmap.height]).toEqual([2048, 1024])
  expect(phases()).toEqual([])
})
