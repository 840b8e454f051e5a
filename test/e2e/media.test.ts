import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoStack } from '../../examples/host/src/stack.ts'
import { createSampleVideo } from '../../packages/server-kit/src/testing/sampleVideo/createSampleVideo.ts'
import { startDemo } from './startDemo.ts'
import { launchChromium, Visitor } from './Visitor.ts'

let stack: DemoStack
let browser: Browser
const folder = mkdtempSync(join(tmpdir(), 'venuekit-films-'))
const film = join(folder, 'soundcheck.mp4')
const tooLong = join(folder, 'encore.mp4')

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startDemo(), launchChromium()])
  await writeFile(film, await createSampleVideo({ seconds: 6 }))
  await writeFile(tooLong, await createSampleVideo({ seconds: 31 }))
})

afterAll(async () => {
  await browser?.close()
  await stack?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const arrive = async () => {
  const visitor = await Visitor.arrive(browser)
  await visitor.page.goto(`${stack.siteUrl}/#talk`)
  const feed = visitor.page.locator('venuekit-feed')
  await feed.getByRole('button', { name: 'Add a video' }).waitFor()
  return { visitor, feed, page: visitor.page }
}

test('a video is uploaded in parts through a broken connection, posted, and seen by everybody', async () => {
  const { visitor, feed, page } = await arrive()
  let parts = 0
  await page.route('**/media/uploads/*', route => (++parts === 2 ? route.abort('connectionreset') : route.continue()))
  await feed.locator('[type=file]').last().setInputFiles(film)
  await feed.getByText('No connection. It goes on by itself.').first().waitFor()
  await visitor.shoot('video-stalled', { whole: true })
  await feed.getByText('Ready', { exact: true }).waitFor()
  await feed.getByLabel('Describe soundcheck.mp4').fill('Lights moving to the beat')
  await feed.getByRole('button', { name: 'Post', exact: true }).click()
  const row = feed
    .getByRole('article')
    .filter({ has: page.locator('video') })
    .first()
  await row.waitFor()
  await expect.poll(() => row.getAttribute('data-delivery')).toBe('sent')
  await visitor.shoot('video-posted', { whole: true })

  const { visitor: other, feed: others } = await arrive()
  const source = others.locator('article video').first()
  await expect.poll(() => source.evaluate(video => (video as HTMLVideoElement).currentSrc)).toContain('/media/')
  await expect.poll(() => source.evaluate(video => Math.round((video as HTMLVideoElement).duration))).toBe(6)
  // In sight it plays by itself, and rests when it is asked to.
  await source.scrollIntoViewIfNeeded()
  const at = () => source.evaluate(video => (video as HTMLVideoElement).currentTime)
  await expect.poll(at).toBeGreaterThan(0.2)
  const tile = others
    .getByRole('article')
    .filter({ has: other.page.locator('video') })
    .first()
  await tile.hover()
  await tile.getByRole('button', { name: 'Pause' }).click()
  await expect.poll(() => source.evaluate(video => (video as HTMLVideoElement).paused)).toBe(true)
  await other.shoot('video-played')
  expect(visitor.complaintsOf(stack.siteUrl).filter(line => !line.includes('ERR_CONNECTION_RESET'))).toEqual([])
  expect(other.complaintsOf(stack.siteUrl)).toEqual([])
  await visitor.leave()
  await other.leave()
})

test('a video of 31 seconds is refused before a byte of it travels', async () => {
  const { visitor, feed, page } = await arrive()
  const uploads: string[] = []
  page.on('request', request => void (request.url().includes('upload') && uploads.push(request.url())))
  await feed.locator('[type=file]').last().setInputFiles(tooLong)
  await feed.getByText('encore.mp4 is 31 s long. 30 s are allowed.').first().waitFor()
  await visitor.shoot('video-too-long', { whole: true })
  expect(uploads).toEqual([])
  expect(visitor.complaintsOf(stack.siteUrl)).toEqual([])
  await visitor.leave()
})

const pictureFile = async (page: Page) => {
  const picture = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2600, 1300)
    canvas.getContext('2d')?.fillRect(0, 0, 1300, 1300)
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())]
  })
  return { name: 'stage.png', mimeType: 'image/png', buffer: Buffer.from(picture) }
}

test('an image is posted without what its camera noted, and opens full screen, under the strictest policy', async () => {
  const { visitor, feed, page } = await arrive()
  await feed
    .locator('[type=file]')
    .first()
    .setInputFiles(await pictureFile(page))
  await feed.getByText('Ready', { exact: true }).waitFor()
  await feed.getByLabel('Describe stage.png').fill('Half of the stage')
  await feed.getByRole('button', { name: 'Post', exact: true }).click()
  const image = feed.locator('article .picture').first()
  await expect.poll(() => image.getAttribute('src')).toContain('/media/')
  await expect.poll(() => image.evaluate(shown => (shown as HTMLImageElement).naturalWidth)).toBe(2048)
  await feed.getByRole('button', { name: 'Half of the stage' }).first().click()
  const viewer = feed.getByRole('dialog')
  const large = viewer.getByRole('img', { name: 'Half of the stage' })
  await expect.poll(() => large.evaluate(shown => (shown as HTMLImageElement).naturalWidth)).toBe(2048)
  await visitor.shoot('picture-full-screen')
  await page.keyboard.press('Escape')
  await expect.poll(() => viewer.count()).toBe(0)
  expect(visitor.complaintsOf(stack.siteUrl)).toEqual([])
  await visitor.leave()
})

test('where the part that shows media does not come, the row says so, and has it when it is asked for again', async () => {
  const { visitor, feed, page } = await arrive()
  await feed
    .locator('[type=file]')
    .first()
    .setInputFiles(await pictureFile(page))
  await feed.getByText('Ready', { exact: true }).waitFor()
  await feed.getByRole('button', { name: 'Post', exact: true }).click()
  await expect.poll(() => feed.locator('article .picture').first().getAttribute('src')).toContain('/media/')

  const other = await Visitor.arrive(browser)
  await other.page.route('**/embed/*/Gallery-*.js', route => route.abort('connectionreset'))
  await other.page.goto(`${stack.siteUrl}/#talk`)
  const row = other.page.locator('venuekit-feed article').first()
  await row.locator('.media').getByRole('button', { name: 'Try again' }).waitFor()
  await other.page.unroute('**/embed/*/Gallery-*.js')
  await row.locator('.media').getByRole('button', { name: 'Try again' }).click()
  await row.locator('.picture').waitFor()
  await visitor.leave()
  await other.leave()
})
