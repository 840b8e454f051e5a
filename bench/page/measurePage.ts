import type { Browser } from 'playwright-core'

/** One load of a page, as the browser saw it. */
export interface PageLoad {
  /** Milliseconds. */
  largestPaint: number
  /** Milliseconds beyond 50 of each long task. */
  blocked: number
  shift: number
  kilobytes: number
  requests: number
  /** Milliseconds until what a visitor came for is there; null where nothing is looked for. */
  usable: number | null
}

/** Slow 4G as the browser's own tools simulate it: 1.44 Mbit/s, 562.5 ms a round trip. */
const slowNetwork = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 }
const cpuSlowdown = 4
/** Nothing is on its way for so long: the page has loaded. */
const quietMs = 3_000

interface Seen {
  largestPaint: number
  blocked: number
  shift: number
}

/** Before any script of the page. */
const watch = () => {
  const seen: Seen = { largestPaint: 0, blocked: 0, shift: 0 }
  Object.assign(window, { seen })
  const each = (type: string, take: (entry: PerformanceEntry & { value: number; hadRecentInput: boolean }) => void) =>
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) take(entry as never)
    }).observe({ type, buffered: true })
  each('largest-contentful-paint', ({ startTime }) => {
    seen.largestPaint = startTime
  })
  each('longtask', ({ duration }) => {
    seen.blocked += Math.max(0, duration - 50)
  })
  each('layout-shift', ({ value }) => {
    seen.shift += value
  })
}

/** Loads the page with empty caches; `wanted` is what a visitor came for. */
export const measurePage = async (browser: Browser, url: string, wanted: string | null): Promise<PageLoad> => {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, locale: 'en-US' })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', slowNetwork)
    await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown })
    let bytes = 0
    let requests = 0
    let latest = performance.now()
    session.on('Network.requestWillBeSent', () => {
      requests += 1
      latest = performance.now()
    })
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
      latest = performance.now()
    })
    await page.addInitScript(watch)
    const started = performance.now()
    await page.goto(url)
    if (wanted) await page.locator(wanted).first().waitFor()
    const usable = wanted ? performance.now() - started : null
    while (performance.now() - latest < quietMs) await page.waitForTimeout(200)
    const seen = await page.evaluate(() => (window as unknown as { seen: Seen }).seen)
    return { ...seen, kilobytes: bytes / 1024, requests, usable }
  } finally {
    await context.close()
  }
}
