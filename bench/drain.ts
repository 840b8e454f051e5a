import { createServerKit } from '../packages/server-kit/src/createServerKit.ts'
import type { MigratableDatabase } from '../packages/server-kit/src/ports/database.ts'
import type { TestPostgres } from '../packages/server-kit/src/testing/testPostgres.ts'
import { testSecrets } from '../packages/server-kit/src/testing/testSecrets.ts'
import { openTestShop } from '../packages/server-kit/src/testing/testShop.ts'
import { type HoldKind, holdKinds, makeOverdueHolds, obligingGateway } from './drain/overdueHolds.ts'
import { newLatencies, quantile, sellDuring } from './drain/saleLatency.ts'
import { wireDatabase } from './load/wireDatabase.ts'
import { withPostgres } from './load/withPostgres.ts'
import { madeAccount, madePriceMinor } from './ticketing/orderBook.ts'

interface Sizes {
  holds: number
  /** Sales alone, before and after each drain. */
  quietMs: number
  buyers: number
}

const fullSizes: Sizes = { holds: 10_000, quietMs: 10_000, buyers: 8 }
const quickSizes: Sizes = { holds: 400, quietMs: 500, buyers: 4 }

const startKit = (database: MigratableDatabase) =>
  createServerKit({
    database,
    gateway: obligingGateway(madeAccount),
    log: { info() {}, warn: (...line) => console.error(...line), error: (...line) => console.error(...line) },
    secrets: testSecrets,
    timeZone: 'UTC',
    limits: false,
  })

const delay = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))
const ms = (values: readonly number[], share: number): string => quantile(values, share).toFixed(1).padStart(7)

const measure = async (database: MigratableDatabase, wire: MigratableDatabase, sizes: Sizes, kind: HoldKind) => {
  const shop = await openTestShop(wire, { tiers: [{ priceMinor: madePriceMinor, capacity: 10_000_000 }] })
  const [tierId = ''] = shop.tierIds
  const kit = startKit(database)
  await makeOverdueHolds(database, { eventId: shop.eventId, tierId }, sizes.holds, kind)
  const [alone, beside] = [newLatencies(), newLatencies()]
  await sellDuring(shop, sizes.buyers, newLatencies(), () => delay(sizes.quietMs / 5))
  await sellDuring(shop, sizes.buyers, alone, () => delay(sizes.quietMs))
  let report: Record<string, unknown> = {}
  const begun = performance.now()
  await sellDuring(shop, sizes.buyers, beside, async () => {
    const run = await kit.jobs.run('expire-reservations', { extra: true })
    if (!run.taken) throw new Error(run.reason)
    report = run.report
  })
  const seconds = (performance.now() - begun) / 1000
  await sellDuring(shop, sizes.buyers, alone, () => delay(sizes.quietMs))
  if (report.released !== sizes.holds) throw new Error(`released ${String(report.released)} of ${sizes.holds}`)
  const faults = await shop.imbalances()
  if (faults.length > 0) throw new Error(`out of balance: ${JSON.stringify(faults)}`)
  const rate = Math.round(sizes.holds / seconds).toLocaleString('en')
  console.log(`${sizes.holds.toLocaleString('en')} overdue holds ${kind.name}: ${seconds.toFixed(1)} s, ${rate}/s`)
  for (const [name, latencies] of Object.entries({ 'sales alone': alone, 'beside the drain': beside })) {
    const { reserve, sale } = latencies
    const counted = `${sale.length.toLocaleString('en')} sales`.padStart(12)
    console.log(
      `  ${name.padEnd(17)} reserve p50 ${ms(reserve, 0.5)} ms, p99 ${ms(reserve, 0.99)} ms; whole sale p50 ${ms(sale, 0.5)} ms, p99 ${ms(sale, 0.99)} ms; ${counted}`,
    )
  }
}

const runOn = async (postgres: TestPostgres, sizes: Sizes): Promise<void> => {
  const place = await postgres.createDatabase()
  const database = place.open({ poolSize: 12, statementTimeoutMs: 120_000 })
  const wire = await wireDatabase(place.appUrl, sizes.buyers)
  console.log(`${sizes.buyers} buyers at once, on the very tier whose holds drain; durable commits.`)
  for (const kind of holdKinds) await measure(database, { ...database, call: wire.call }, sizes, kind)
  if (sizes !== fullSizes) console.log('\nA quick run: these figures say nothing.')
  await wire.close()
  await database.close()
}

/** What the drain of overdue holds takes, and what sales of the same tier wait meanwhile and without it. */
export const run = async (args: string[]): Promise<void> => {
  const unknown = args.find(arg => arg !== '--quick')
  if (unknown !== undefined) throw new Error(`pnpm bench drain knows --quick; not ${unknown}`)
  const sizes = args.includes('--quick') ? quickSizes : fullSizes
  await withPostgres({ fsync: true, flags: ['shared_buffers=512MB', 'max_wal_size=4GB'] }, postgres =>
    runOn(postgres, sizes),
  )
}
