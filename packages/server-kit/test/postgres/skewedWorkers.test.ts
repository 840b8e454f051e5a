import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { startTestKit, type TestKit } from '../../src/testing/startTestKit.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'

let postgres: TestPostgres
let place: TestDatabase
let stage: TestKit
let shop: TestShop
const workers: ChildProcess[] = []
const lines: string[] = []

beforeAll(async () => {
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
  stage = await startTestKit({}, { webhookUrl: '' }, async () => place.open())
  shop = await openTestShop(stage.database, { tiers: [{ priceMinor: 0, capacity: 100 }] })
})
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await stage?.close()
  await postgres?.stop()
})

const hour = 3600_000
const skews = [-48 * hour, -3 * hour, 0, 90_000, 72 * hour]

const startWorker = async (skewMs: number): Promise<ChildProcess> => {
  const { secretKey, account, url } = stage.twin
  const settings = { databaseUrl: place.appUrl, twinUrl: url, secretKey, account, skewMs }
  const program = new URL('./skewedWorker.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--conditions=@venuekit/source', program, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  workers.push(child)
  const output = createInterface({ input: child.stdout })
  output.on('line', line => void lines.push(line))
  const [first] = await once(output, 'line')
  const shown = Date.parse(String(first).replace('ready ', ''))
  expect(Math.abs(shown - Date.now() - skewMs)).toBeLessThan(60_000)
  return child
}

const runs = () =>
  shop.query<{ job: string; slot: string; worker: string; failed: boolean | null }>(
    'select job, slot, worker, failed from venuekit.job_runs order by job, taken_at',
  )
const told = (what: string) => lines.filter(line => line.startsWith(`${what} `)).sort()

test('five workers whose clocks differ by days do each thing once, by the database’s clock', async () => {
  // Morning in Chicago: past 02:00, and long before midnight.
  const day = 24 * hour
  await stage.twin.control.advance((36 * hour - (Date.now() % day)) % day)
  const fulfilled: string[] = []
  for (let sold = 0; sold < 12; sold += 1) {
    const orderId = await shop.hold()
    await shop.complete(orderId, null, { kind: 'free' })
    fulfilled.push(orderId)
  }
  for (let held = 0; held < 12; held += 1) await shop.hold()
  await stage.twin.control.advance(11 * 60_000)

  await Promise.all(skews.map(startWorker))
  await vi.waitFor(
    async () => {
      const waiting = await shop.query<{ left: number }>(
        `select (select count(*) from venuekit.outbox where status <> 'sent')::int
           + (select count(*) from ticketing.orders where status in ('reserved', 'expiring'))::int as left`,
      )
      expect(waiting).toEqual([{ left: 0 }])
      const done = new Set((await runs()).filter(({ failed }) => failed === false).map(({ job }) => job))
      expect([...done].sort()).toEqual([...stage.kit.jobs.names].sort())
    },
    { timeout: 150_000, interval: 200 },
  )
  // Several periods more, with nothing left to do.
  const before = (await runs()).filter(({ job }) => job === 'send-messages').length
  const begun = Date.now()
  for (const _period of [1, 2, 3]) {
    const known = (await runs()).length
    await stage.twin.control.advance(60_000)
    await vi.waitFor(async () => expect((await runs()).length).toBeGreaterThan(known + 4), { timeout: 60_000 })
  }

  expect(told('error')).toEqual([])
  expect(told('fulfilled')).toEqual(fulfilled.map(id => `fulfilled ${id}`).sort())
  expect(new Set(told('mail')).size).toBe(12)
  expect(told('mail')).toHaveLength(12)
  const all = await runs()
  expect(all.filter(({ job }) => job === 'reconcile')).toHaveLength(1)
  expect(new Set(all.map(({ job, slot }) => `${job} ${slot}`)).size).toBe(all.length)
  expect(all.filter(({ job }) => job === 'send-messages').length - before).toBeLessThanOrEqual(
    4 + Math.ceil((Date.now() - begun) / 60_000),
  )
  await stage.database.withOwner(checkInvariants)

  const ended = workers.map(worker => once(worker, 'exit'))
  for (const worker of workers) worker.kill('SIGTERM')
  expect((await Promise.all(ended)).map(([code]) => code)).toEqual(skews.map(() => 0))
}, 300_000)
