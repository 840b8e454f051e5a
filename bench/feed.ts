import { chromium } from 'playwright-core'
import type { TestPostgres } from '../packages/server-kit/src/testing/testPostgres.ts'
import { chromiumLaunch } from '../test/chromium.ts'
import { startFeedServer } from './feed/feedServer.ts'
import { measurePosts, measureScroll, type Place, type Result } from './feed/measure.ts'
import type { ContenderName } from './feed/page/main.ts'
import { postTable, scrollLine } from './feed/report.ts'
import { servePage } from './feed/servePage.ts'
import { withPostgres } from './load/withPostgres.ts'

const latencyMs = 80
const sizes = [50, 1_000, 10_000]

/** How often each posts; those that read everything again take seconds for each post of a long feed. */
const timesOf: Record<ContenderName, (posts: number) => number> = {
  widget: () => 20,
  venuekitList: () => 20,
  documented: posts => (posts > 1_000 ? 3 : 10),
  invalidating: posts => (posts > 1_000 ? 3 : 10),
}

const measureAll = async (place: Place, isQuick: boolean): Promise<void> => {
  const results: Result[] = []
  for (const posts of isQuick ? sizes.slice(0, 1) : sizes) {
    for (const contender of Object.keys(timesOf) as ContenderName[]) {
      const times = isQuick ? 3 : timesOf[contender](posts)
      results.push(await measurePosts(place, contender, { posts, times }))
      console.error(`${contender}, ${posts} posts: measured`)
    }
  }
  console.log(`Each answer takes ${latencyMs} ms more; pages of 100 posts (the widget's own: 20).\n`)
  console.log(`${postTable(results)}\n`)
  console.log(scrollLine(await measureScroll(place, 1_000)))
}

const compare =
  (isQuick: boolean) =>
  async (postgres: TestPostgres): Promise<void> => {
    const page = await servePage()
    const server = await startFeedServer(postgres, page.url)
    const browser = await chromium.launch(await chromiumLaunch())
    try {
      await measureAll({ browser, server, pageUrl: page.url, latencyMs }, isQuick)
    } finally {
      await browser.close()
      await server.close()
      page.close()
    }
  }

/** From the click to the painted post, and what it costs, beside the usual patterns; `--quick` only shows that it runs. */
export const run = (args: string[]): Promise<void> => withPostgres({}, compare(args.includes('--quick')))
