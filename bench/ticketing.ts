import { launchTestPostgres } from '../packages/server-kit/src/testing/testPostgres.ts'
import { startBenchKit } from './ticketing/benchKit.ts'
import { createVenue, openShop } from './ticketing/benchShop.ts'
import { expiryLines } from './ticketing/expiryLines.ts'
import { healthLines } from './ticketing/healthLines.ts'
import { issueLines } from './ticketing/issueLines.ts'
import { makeOrders } from './ticketing/orderBook.ts'
import { refusalLines } from './ticketing/refusalLines.ts'
import { reserveLines } from './ticketing/reserveLines.ts'
import { clients } from './ticketing/rounds.ts'
import { openScratch } from './ticketing/scratch.ts'
import { fillSeason } from './ticketing/season.ts'
import { fullSizes, quickSizes, type Sizes } from './ticketing/sizes.ts'
import type { Stage } from './ticketing/stage.ts'
import { type Line, renderTable } from './ticketing/table.ts'
import { webhookLines } from './ticketing/webhookLines.ts'

/** As a host's small machine would be set up; the default cache holds a tenth of a season. */
const flags = [
  'shared_buffers=512MB',
  'maintenance_work_mem=128MB',
  'max_wal_size=4GB',
  'checkpoint_timeout=30min',
  'max_connections=80',
]

/** Tells on stderr what is under way and how long it took. */
const report = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
  const begun = performance.now()
  const result = await work()
  console.error(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  return result
}

const measureAll = async (stage: Stage, season: Parameters<typeof healthLines>[0]['season']): Promise<Line[]> => {
  const health = await report('audits and health', () => healthLines({ ...stage, season }))
  await report(`${stage.sizes.sold.toLocaleString('en')} tickets sold`, () =>
    makeOrders(stage.database, [{ ...stage.soldShop, orders: stage.sizes.sold / 2, quantity: 2, state: 'sold' }]),
  )
  const groups: [string, (stage: Stage) => Promise<Line[]>][] = [
    ['reserve', reserveLines],
    ['issue', issueLines],
    ['expire', expiryLines],
    ['webhooks', webhookLines],
    ['refuse', refusalLines],
  ]
  const lines: Line[] = []
  for (const [name, measure] of groups) lines.push(...(await report(name, () => measure(stage))))
  return [...lines, ...health]
}

const runOn = async (sizes: Sizes, postgres: Awaited<ReturnType<typeof launchTestPostgres>>): Promise<void> => {
  const database = (await postgres.createDatabase()).open({ poolSize: clients, statementTimeoutMs: 120_000 })
  const venue = await createVenue(database)
  const kit = await startBenchKit(database, venue)
  try {
    const scratch = await openScratch(database, { sold: sizes.othersSold, free: sizes.othersFree })
    const season = await report('a season of tickets', () => fillSeason(database, venue.venueId, sizes))
    const openFreshShop = () => openShop(database, venue.venueId)
    const stage: Stage = { database, sizes, scratch, kit, venue, openFreshShop, soldShop: await openFreshShop() }
    const lines = await measureAll(stage, season)
    console.log(
      `Postgres 18, ${clients} connections; medians of ${sizes.rounds} rounds in turns; ` +
        `${season.tickets.toLocaleString('en')} tickets of ${season.eventIds.length} events in the database.\n`,
    )
    console.log(renderTable(lines, sizes === fullSizes))
    if (sizes !== fullSizes) console.log('\nA quick run: these figures say nothing.')
  } finally {
    await kit.close()
    await database.close()
  }
}

/** Everything about orders that has to be quick, in one run on one Postgres. `--quick` only shows that it runs. */
export const run = async (args: string[]): Promise<void> => {
  const unknown = args.find(arg => arg !== '--quick')
  if (unknown !== undefined) throw new Error(`pnpm bench ticketing knows --quick, not ${unknown}`)
  const postgres = await launchTestPostgres({ fsync: true, flags })
  try {
    await runOn(args.includes('--quick') ? quickSizes : fullSizes, postgres)
  } finally {
    await postgres.stop()
  }
}
