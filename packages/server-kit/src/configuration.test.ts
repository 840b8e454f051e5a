import { expect, test } from 'vitest'
import { readConfiguration } from './configuration.ts'
import { ConfigurationError } from './configurationError.ts'
import { defaultStreamLimits } from './live/streamLimits.ts'
import { defaultLimits } from './services/hoardingLimits.ts'
import { defaultPostingLimits } from './services/postingLimits.ts'

const secret = 'x'.repeat(32)
const good = {
  secrets: {
    orderTokenKeys: [{ id: 'k1', secret }],
    ticketCode: secret,
    adminKeys: [`vk_sec_${secret}`],
    jobs: secret,
  },
  timeZone: 'Europe/Berlin',
}

const faultsOf = (input: unknown): readonly string[] => {
  try {
    readConfiguration(input)
    return []
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults
    throw error
  }
}

test('takes good settings and fills in what is no secret', () => {
  expect(readConfiguration(good)).toEqual({
    ...good,
    basePath: '',
    trustedProxyHops: 0,
    orphanPayments: 'review',
    retention: { webhooks: 90, reconciliations: 400, orphanPayments: 400, alerts: 90, jobRuns: 30, messageErrors: 30 },
    limits: { ...defaultLimits, ...defaultPostingLimits, ...defaultStreamLimits },
  })
})

test('one limit is set or taken away and the others stay; false takes all away', () => {
  const limits = {
    createOrder: { email: null, address: { maximum: 5, seconds: 10 } },
    createPost: { viewer: { maximum: 1, seconds: 60 } },
    maxHoldsPerBuyer: 2,
    liveStreams: { key: 3 },
  }
  expect(readConfiguration({ ...good, limits }).limits).toEqual({
    ...defaultLimits,
    ...defaultPostingLimits,
    createPost: { ...defaultPostingLimits.createPost, ...limits.createPost },
    createOrder: { ...defaultLimits.createOrder, ...limits.createOrder },
    maxHoldsPerBuyer: 2,
    liveStreams: { ...defaultStreamLimits.liveStreams, key: 3 },
  })
  const off = readConfiguration({ ...good, limits: false }).limits
  expect(Object.values(off.createOrder)).toEqual([null, null, null, null])
  expect(Object.values(off.createPost)).toEqual([null, null])
  expect(off.maxHoldsPerBuyer).toBeNull()
  expect(off.liveStreams).toEqual({ key: null, address: null })
  expect(faultsOf({ ...good, limits: { createOrder: { ip: null } } })).toHaveLength(1)
})

test('names each fault on a line of its own', () => {
  const secrets = { ...good.secrets, ticketCode: 'too short', adminKeys: ['admin'] }
  const faults = faultsOf({ ...good, secrets, timeZone: 'Mars/Olympus', basePath: 'api', colour: 'red' })
  expect(faults).toHaveLength(5)
  expect(faults).toContain('secrets.ticketCode: must have at least 32 characters, made at random')
  expect(faults).toContain('colour: unknown field')
  for (const fault of faults) expect(fault).not.toContain('\n')
})

test('a missing secret is a fault: there is no default', () => {
  expect(faultsOf({ ...good, secrets: {} })).toHaveLength(4)
  expect(faultsOf({ ...good, secrets: { ...good.secrets, orderTokenKeys: [] } })).toHaveLength(1)
})

test('a secret that no header can carry is a fault', () => {
  const secrets = { ...good.secrets, jobs: 'a secret with spaces that is long enough' }
  expect(faultsOf({ ...good, secrets })).toHaveLength(1)
})

test('no fault shows the secret that is wrong', () => {
  const faults = faultsOf({ ...good, secrets: { ...good.secrets, jobs: 'hunter2', adminKeys: ['hunter2'] } })
  expect(faults.join()).not.toContain('hunter2')
})

test('what is over is kept for the days that are set, within reason', () => {
  expect(readConfiguration({ ...good, retention: { webhooks: 14 } }).retention).toMatchObject({
    webhooks: 14,
    alerts: 90,
  })
  expect(faultsOf({ ...good, retention: { webhooks: 3, jobs: 1 } }).join()).toMatch(/retention/)
})
