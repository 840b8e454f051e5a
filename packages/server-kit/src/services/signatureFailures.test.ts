import { expect, test } from 'vitest'
import type { Database } from '../ports/database.ts'
import { createBackground } from './background.ts'
import { createSignatureFailures } from './signatureFailures.ts'

test('a flood of wrong signatures costs one write in ten seconds, and all of it is counted', async () => {
  const written: unknown[] = []
  const database = { call: async (_: string, args: unknown) => void written.push(args) } as unknown as Database
  const background = createBackground({ info: () => {}, warn: () => {}, error: () => {} })
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
