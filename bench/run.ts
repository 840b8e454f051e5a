/** A benchmark prints what it measured; its arguments are its own. */
export interface Bench {
  run(args: string[]): Promise<void>
}

interface Entry {
  summary: string
  load: () => Promise<Bench>
}

const benches: Record<string, Entry> = {
  drain: {
    summary:
      '10,000 overdue holds given back while sales go on, and what these wait with and without it; --quick for a look',
    load: () => import('./drain.ts'),
  },
  feed: {
    summary:
      'click to painted post in Chromium, beside the usual patterns, with 50 to 10,000 posts; --quick for a look',
    load: () => import('./feed.ts'),
  },
  holds: {
    summary: 'reservations a second on one hot tier, beside a bare durable UPDATE of the same row',
    load: () => import('./holds.ts'),
  },
  node: {
    summary: 'what one node serves over HTTP: reads, orders, refusals, posts, live streams; --quick for a look',
    load: () => import('./node.ts'),
  },
  page: {
    summary:
      'first load of the demo’s pages on slow 4G and a slow processor, with and without widgets; --quick for a look',
    load: () => import('./page.ts'),
  },
  ticketing: {
    summary:
      'reserve, refuse, issue, expire, audit, health and webhooks, beside bare statements; groups by name, --quick for a look',
    load: () => import('./ticketing.ts'),
  },
}

const [name, ...args] = process.argv.slice(2)
const entry = name === undefined ? undefined : benches[name]
if (entry) await (await entry.load()).run(args)
else {
  console.error(name === undefined ? 'Which benchmark?' : `There is no benchmark "${name}".`)
  for (const [known, { summary }] of Object.entries(benches))
    console.error(`  pnpm bench ${known.padEnd(10)} ${summary}`)
  process.exitCode = 2
}
