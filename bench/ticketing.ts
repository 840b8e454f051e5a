import type { TestPostgres } from '../packages/server-kit/src/testing/testPostgres.ts'
import { wireDatabase } from './load/wireDatabase.ts'
import { withPostgres } from './load/withPostgres.ts'
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

/** In their order: refusals leave no room in the shop that the others share. */
const groups: Record<string, (stage: Stage) => Promise<Line[]>> = {
  health: healthLines,
  reserve: reserveLines,
  issue: issueLines,
  expire: expiryLines,
  webhooks: webhookLines,
  refuse: refusalLines,
}

interface Choice {
  sizes: Sizes
  names: string[]
}

/** Tells on stderr what is under way and how long it took. */
const report = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
  const begun = performance.now()
  const result = await work()
  console.error(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  return result
}

const sell = ({ database, sizes, soldShop }: Stage): Promise<unknown> =>
  report(`${sizes.sold.toLocaleString('en')} tickets sold`, () =>
    makeOrders(database, [{ ...soldShop, orders: sizes.sold / 2, quantity: 2, state: 'sold' }]),
  )

/** The season first, while there is nothing else in the database; its lines last. */
const measure = async (stage: Stage, names: string[]): Promise<Line[]> => {
  const work = (name: string): Promise<Line[]> => report(name, async () => (await groups[name]?.(stage)) ?? [])
  const health = names.includes('health') ? await work('health') : []
  const rest = names.filter(name => name !== 'health')
  if (rest.length > 0) await sell(stage)
  const lines: Line[] = []
  for (const name of rest) lines.push(...(await work(name)))
  return [...lines, ...health]
}

const runOn = async (postgres: TestPostgres, choice: Choice): Promise<void> => {
  const { sizes } = choice
  const place = await postgres.createDatabase()
  const owner = place.open({ poolSize: clients, statementTimeoutMs: 120_000 })
  const wire = await wireDatabase(place.appUrl, clients)
  const venue = await createVenue(owner)
  const kit = await startBenchKit(owner, venue)
  try {
    const scratch = await openScratch(owner, wire, { sold: sizes.othersSold, free: sizes.othersFree })
    const openFreshShop = () => openShop(owner, venue.venueId)
    const database = { ...owner, call: wire.call }
    const stage: Stage = { database, sizes, scratch, kit, venue, openFreshShop, soldShop: await openFreshShop() }
    const lines = await measure(stage, choice.names)
    console.log(
      `Postgres 18, ${clients} connections; medians of ${sizes.rounds} rounds of ${sizes.roundMs} ms in turns.\n`,
    )
    console.log(renderTable(lines, sizes === fullSizes))
    if (sizes !== fullSizes) console.log('\nA quick run: these figures say nothing.')
  } finally {
    await kit.close()
    await wire.close()
    await owner.close()
  }
}

const choose = (args: string[]): Choice => {
  const known = Object.keys(groups)
  const asked = args.filter(arg => arg !== '--quick')
  const unknown = asked.find(arg => !known.includes(arg))
  if (unknown !== undefined) throw new Error(`pnpm bench ticketing knows --quick, ${known.join(', ')}; not ${unknown}`)
  return {
    sizes: args.includes('--quick') ? quickSizes : fullSizes,
    names: known.filter(name => asked.length === 0 || asked.includes(name)),
  }
}

/**
 * Everything about orders that has to be quick, in one run on one Postgres, or only the groups that are named. `--quick`
 * only shows that it runs.
 */
export const run = async (args: string[]): Promise<void> => {
  const choice = choose(args)
  await withPostgres({ fsync: true, flags }, postgres => runOn(postgres, choice))
}
