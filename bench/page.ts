import { loadavg } from 'node:os'
import { chromium } from 'playwright-core'
import { listen } from '../examples/host/src/listen.ts'
import { chromiumLaunch } from '../test/chromium.ts'
import { startDemo } from '../test/e2e/startDemo.ts'
import { measurePage, type PageLoad } from './page/measurePage.ts'

/** The demo's pages, and what a visitor of a phone's first screen waits for; lazy widgets further down stay unloaded. */
const pages = [
  { path: '/events/sunday-session.html', wanted: 'venuekit-tickets [part=tier]' },
  { path: '/', wanted: null },
] as const

/** The page as a venue had it before: no loader, and of the tags what stands in them. */
const withoutWidgets = (html: string) =>
  html.replace(/<script[^>]*\/loader\.js[^>]*><\/script>/, '').replace(/<\/?venuekit-[^>]*>/g, '')

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN

const row = (path: string, name: string, loads: readonly PageLoad[]): string => {
  const of = (key: keyof PageLoad) => median(loads.map(load => load[key] ?? Number.NaN))
  const usable = of('usable')
  const cells = [
    path,
    name,
    `${(of('largestPaint') / 1000).toFixed(2)} s`,
    `${Math.round(of('blocked'))} ms`,
    of('shift').toFixed(3),
    `${of('kilobytes').toFixed(0)} KB`,
    String(of('requests')),
    Number.isNaN(usable) ? '' : `${(usable / 1000).toFixed(1)} s`,
  ]
  return `| ${cells.join(' | ')} |`
}

/** First load of the demo's pages on slow 4G and a four times slower processor, beside themselves without widgets. */
export const run = async (args: string[]): Promise<void> => {
  const rounds = args.includes('--quick') ? 1 : 3
  let upstream = ''
  await using stack = new AsyncDisposableStack()
  const site = await listen(async request => {
    const { pathname, search } = new URL(request.url)
    const answer = await fetch(upstream + pathname)
    const headers = new Headers(answer.headers)
    for (const name of ['content-length', 'content-encoding']) headers.delete(name)
    if (search !== '?plain') return new Response(answer.body, { status: answer.status, headers })
    return new Response(withoutWidgets(await answer.text()), { status: answer.status, headers })
  }, 0)
  stack.defer(() => site.close())
  const demo = stack.use(await startDemo([site.url]))
  upstream = demo.siteUrl
  const browser = await chromium.launch(await chromiumLaunch())
  stack.defer(() => browser.close())

  const loads = pages.map(() => ({ plain: [] as PageLoad[], widgets: [] as PageLoad[] }))
  for (let round = 0; round < rounds; round++) {
    for (const [index, { path, wanted }] of pages.entries()) {
      loads[index]?.plain.push(await measurePage(browser, `${site.url}${path}?plain`, null))
      loads[index]?.widgets.push(await measurePage(browser, `${site.url}${path}`, wanted))
    }
    console.error(`round ${round + 1} of ${rounds}: measured`)
  }
  console.log(`Medians of ${rounds}; load of the machine ${loadavg()[0]?.toFixed(0)}.\n`)
  console.log('| page | | largest paint | blocked | shift | bytes | requests | tickets there |')
  console.log('|---|---|---|---|---|---|---|---|')
  for (const [index, { path }] of pages.entries()) {
    console.log(row(path, 'no widget', loads[index]?.plain ?? []))
    console.log(row(path, 'with widgets', loads[index]?.widgets ?? []))
  }
}
