import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Database } from '../ports/database.ts'
import { createBackground } from './background.ts'
import { createSignatureFailures } from './signatureFailures.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 }))
afterEach(() => void vi.useRealTimers())

const silent = () => createBackground({ info: () => {}, warn: () => {}, error: () => {} })
/** A database that is away for the first calls, and counts what it is told. */
const countingDatabase = (away = 0) => {
  const counted = new Map<string, number>()
  let calls = 0
  const call = async (_: string, { gateway, failures }: { gateway: string; failures: number }) => {
    calls += 1
    if (calls <= away) throw new Error('the database is away')
    counted.set(gateway, (counted.get(gateway) ?? 0) + failures)
  }
  return { database: { call } as unknown as Database, counted, calls: () => calls }
}

test('the end of a burst is written though no other wrong signature follows', async () => {
  const { database, counted, calls } = countingDatabase()
  const background = silent()
  const failures = createSignatureFailures(database, background)
  failures.note('stripe')
  await background.drain()
  for (let count = 0; count < 50; count += 1) failures.note('stripe')
  await vi.advanceTimersByTimeAsync(9999)
  expect(counted.get('stripe')).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(counted.get('stripe')).toBe(51)
  expect(calls()).toBe(2)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(calls()).toBe(2)
})

test('what was counted while the database is away is written once it is back', async () => {
  const { database, counted } = countingDatabase(2)
  const background = silent()
  const failures = createSignatureFailures(database, background)
  failures.note('stripe')
  failures.note('mux')
  await background.drain()
  expect(counted.size).toBe(0)
  await expect(failures.flush()).rejects.toThrow('away')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(Object.fromEntries(counted)).toEqual({ stripe: 1, mux: 1 })
})

test('two that write at once count nothing twice', async () => {
  const { database, counted } = countingDatabase()
  const failures = createSignatureFailures(database, silent())
  failures.note('stripe')
  for (let count = 0; count < 10; count += 1) failures.note('mux')
  await Promise.all([failures.flush(), failures.flush()])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(Object.fromEntries(counted)).toEqual({ stripe: 1, mux: 10 })
})

test('a flood of wrong signatures costs one write in ten seconds, and all of it is counted', async () => {
  const written: unknown[] = []
  const database = { call: async (_: string, args: unknown) => void written.push(args) } as unknown as Database
  const background = silent()
  let now = 0
  const failures = createSignatureFailures(database, background, () => now)
  for (let count = 0; count < 10_000; count += 1) failures.note('stripe')
  await background.drain()
  now += 9000
  for (let count = 0; count < 10_000; count += 1) failures.note('stripe')
  await background.drain()
  expect(written.length).toBeLessThanOrEqual(1)
  now += 1000
  failures.note('stripe')
  await background.drain()
  await failures.flush()
  expect(written.length).toBeLessThanOrEqual(2)
  const sum = written.reduce<number>((total, args) => total + (args as { failures: number }).failures, 0)
  expect(sum).toBe(20_001)
})
