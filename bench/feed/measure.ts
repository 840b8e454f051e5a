import type { Browser, Page } from 'playwright-core'
import type { FeedServer } from './feedServer.ts'
import type { bench, ContenderName, Scrolled } from './page/main.ts'

/** One contender with so many posts in its cache. */
export interface Result {
  contender: ContenderName
  posts: number
  paintMs: number[]
  frames: number[]
  /** After each post, until nothing more was asked. */
  requests: number
  bytes: number
  settledMs: number
  keepsPosted: boolean
  keepsOthers: boolean
}

export interface Place {
  browser: Browser
  server: FeedServer
  pageUrl: string
  latencyMs: number
}

type BenchWindow = typeof globalThis & { bench: typeof bench }

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
const quietMs = 500

/** Waits until nothing more is asked; answers how long after now the last request came. */
const settle = async ({ server, latencyMs }: Place): Promise<number> => {
  const began = performance.now()
  let last = { requests: server.peekRequests(), at: began }
  while (performance.now() - last.at < quietMs + latencyMs) {
    await sleep(20)
    const requests = server.peekRequests()
    if (requests !== last.requests) last = { requests, at: performance.now() }
  }
  return last.at - began
}

const openPage = async ({ browser, pageUrl }: Place): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 900, height: 900 } })
  page.setDefaultTimeout(180_000)
  await page.goto(pageUrl)
  return page
}

const openFeed = async (place: Place, contender: ContenderName, posts: number): Promise<Page> => {
  const { server } = place
  const page = await openPage(place)
  const { apiUrl, publishableKey } = server
  const facts = { apiUrl, publishableKey, feedId: await server.createFeed(posts), posts }
  server.settings.latencyMs = 0
  await page.evaluate(([name, given]) => (globalThis as BenchWindow).bench.open(name, given), [
    contender,
    facts,
  ] as const)
  server.settings.latencyMs = place.latencyMs
  return page
}

/** Posts so many times, each once the last one has settled. */
export const measurePosts = async (
  place: Place,
  contender: ContenderName,
  { posts, times }: { posts: number; times: number },
): Promise<Result> => {
  const page = await openFeed(place, contender, posts)
  const result: Result = {
    contender,
    posts,
    paintMs: [],
    frames: [],
    requests: 0,
    bytes: 0,
    settledMs: 0,
    keepsPosted: true,
    keepsOthers: true,
  }
  // The first one compiles what the others run.
  for (let time = -1; time < times; time++) {
    await settle(place)
    place.server.takeTraffic()
    const text = `Mine, number ${time} (${contender})`
    const painted = await page.evaluate(wanted => (globalThis as BenchWindow).bench.post(wanted), text)
    const settledMs = await settle(place)
    const { requests, bytes } = place.server.takeTraffic()
    const kept = await page.evaluate(wanted => (globalThis as BenchWindow).bench.identity(wanted), text)
    if (time < 0) continue
    result.paintMs.push(painted.ms)
    result.frames.push(painted.frames)
    result.requests = Math.max(result.requests, requests)
    result.bytes = Math.max(result.bytes, bytes)
    result.settledMs = Math.max(result.settledMs, settledMs + painted.ms)
    result.keepsPosted &&= kept.posted
    result.keepsOthers &&= kept.others
  }
  await page.close()
  return result
}

const scrollOn = (page: Page): Promise<Scrolled> => page.evaluate(() => (globalThis as BenchWindow).bench.scroll())

/** Scrolls the widget through so many posts, and a page of nothing but height beside it, in turns. */
export const measureScroll = async (place: Place, posts: number): Promise<{ widget: Scrolled; empty: Scrolled }> => {
  const empty = await openPage(place)
  await empty.evaluate(() => (globalThis as BenchWindow).bench.openEmpty())
  const widget = await openFeed(place, 'widget', posts)
  const sum = { widget: { frames: 0, late: 0 }, empty: { frames: 0, late: 0 } }
  for (let round = 0; round < 3; round++) {
    for (const [name, page] of [
      ['empty', empty],
      ['widget', widget],
    ] as const) {
      await page.bringToFront()
      const { frames, late } = await scrollOn(page)
      sum[name] = { frames: sum[name].frames + frames, late: sum[name].late + late }
    }
  }
  await empty.close()
  await widget.close()
  return sum
}
