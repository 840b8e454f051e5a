import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createServerKit } from '../createServerKit.ts'
import type { Database } from '../ports/database.ts'
import { DatabaseError } from '../ports/databaseError.ts'
import type { PaymentGateway } from '../ports/gateway.ts'
import { createHttpCaller } from '../testing/httpCaller.ts'
import { testSecrets } from '../testing/testSecrets.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** A kit whose database answers nothing until it is told to fail what waits. */
const openStage = () => {
  const waiting: ((error: Error) => void)[] = []
  const asked: string[] = []
  const call = (name: string) => {
    asked.push(name)
    return new Promise<never>((_resolve, reject) => waiting.push(reject))
  }
  const kit = createServerKit({
    database: { call, close: async () => {} } satisfies Database,
    gateway: { account: 'acct_test', mode: 'test', publishableKey: null } as PaymentGateway,
    log: { info() {}, warn() {}, error() {} },
    secrets: testSecrets,
    timeZone: 'UTC',
  })
  const http = createHttpCaller(kit, { key: 'vk_pub_test', origin: 'https://venue.example' })
  const host = { key: null, origin: null }
  return {
    asked,
    fail: () => {
      for (const reject of waiting.splice(0)) reject(new DatabaseError('unavailable', 'away'))
    },
    scrape: () => http('GET', '/metrics', { ...host, bearer: testSecrets.jobs }),
    probe: () => http('GET', '/readyz', host),
  }
}

/** Three seconds from when the answer began to wait for the database. */
const threeSeconds = async () => {
  while (vi.getTimerCount() === 0) await new Promise(setImmediate)
  await vi.advanceTimersByTimeAsync(3_000)
}

test('a page of metrics is written after three seconds without the database, which one question hangs in', async () => {
  const { asked, fail, scrape } = openStage()
  for (let scrapes = 0; scrapes < 5; scrapes += 1) {
    const page = scrape()
    await threeSeconds()
    const { status, body } = await page
    expect(status).toBe(200)
    expect(body).toContain('venuekit_database_up 0')
    await vi.advanceTimersByTimeAsync(12_000)
  }
  expect(asked).toEqual(['venuekit.read_metrics'])
  fail()
  await vi.advanceTimersByTimeAsync(0)
  const next = scrape()
  await threeSeconds()
  await next
  expect(asked).toHaveLength(2)
  expect(vi.getTimerCount()).toBe(0)
})

test('probes of a node share the question that hangs in the database, and ask anew once it ended', async () => {
  const { asked, fail, probe } = openStage()
  for (let probes = 0; probes < 5; probes += 1) {
    const answers = Promise.all([probe(), probe()])
    await threeSeconds()
    for (const { status, body } of await answers) {
      expect(status).toBe(503)
      expect(body).toMatchObject({ missing: 'database_unreachable' })
    }
  }
  expect(asked).toEqual(['venuekit.read_schema'])
  fail()
  await vi.advanceTimersByTimeAsync(0)
  const next = probe()
  await threeSeconds()
  await next
  expect(asked).toHaveLength(2)
})
