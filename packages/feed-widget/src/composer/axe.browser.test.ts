import { afterEach, expect, test, vi } from 'vitest'
import { checkAccess } from '../../../../test/checkAccess.ts'
import { type MountedFeed, mountFeed } from '../testing/mountFeed.ts'
import { sampleFile } from '../testing/sampleFile.ts'

const looks = {
  light: { theme: 'light', dir: 'ltr', locale: 'en' },
  dark: { theme: 'dark', dir: 'ltr', locale: 'en' },
  // In a language that we do not have: what is pressed is found by its English name.
  'right to left': { theme: 'light', dir: 'rtl', locale: 'he' },
} as const

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

const choose = (feed: MountedFeed, ...files: File[]) => {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  const picker = feed.find<HTMLInputElement>('[type=file]')
  picker.files = transfer.files
  picker.dispatchEvent(new Event('change', { bubbles: true }))
}

for (const [look, dress] of Object.entries(looks)) {
  test(`axe finds nothing in a composer with images on their way, in, failed and refused: ${look}`, async () => {
    const feed = await mountFeed({ posts: 1, dress: element => Object.assign(element, dress) })
    await feed.until(() => feed.all('[type=file]').length > 0)
    feed.server.uploads.rejection = { reason: 'unreadable', detail: 'It could not be read.' }
    choose(feed, await sampleFile({ name: 'broken.jpg' }))
    await feed.until(() => feed.all('[data-phase=failed]').length === 1)
    feed.server.uploads.rejection = null
    choose(feed, await sampleFile({ name: 'ready.jpg' }))
    await feed.until(() => feed.all('[data-phase=ready]').length === 1)
    feed.server.hold('PUT')
    choose(feed, await sampleFile({ name: 'sending.jpg' }), new File(['words'], 'song.mp4'))
    await feed.until(() => feed.all('[data-phase=sending]').length === 1 && feed.all('.refused').length === 1)
    expect(await checkAccess(feed.element)).toEqual([])
  })
}
