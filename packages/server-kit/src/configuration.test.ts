import { expect, test } from 'vitest'
import { readConfiguration } from './configuration.ts'
import { ConfigurationError } from './configurationError.ts'
import { defaultStreamLimits } from './live/streamLimits.ts'
import { toAlertThresholds } from './services/alertThresholds.ts'
import { defaultLimits } from './services/hoardingLimits.ts'
import { defaultPostingLimits } from './services/postingLimits.ts'

const secret = 'x'.repeat(32)
const good = {
  secrets: {
    orderTokenKeys: [{ id: 'k1', secret }],
    ticketKeys: [`vk_ticket_sec_${'A'.repeat(43)}`],
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
    secrets: { ...good.secrets, retiredTicketKeys: [], scannerKeys: [] },
    basePath: '',
    trustedProxyHops: 0,
    orphanPayments: 'review',
    alertRules: toAlertThresholds({}),
    alertTiming: { coolDownSeconds: 3600, remindSeconds: 86_400, burstMessages: 5 },
    retention: {
      webhooks: 90,
      reconciliations: 400,
      orphanPayments: 400,
      alerts: 90,
      jobRuns: 30,
      messageErrors: 30,
      orderOrigins: 180,
    },
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
  const secrets = { ...good.secrets, ticketKeys: ['too short'], adminKeys: ['admin'] }
  const faults = faultsOf({ ...good, secrets, timeZone: 'Mars/Olympus', basePath: 'api', colour: 'red' })
  expect(faults).toHaveLength(5)
  expect(faults).toContain(
    'secrets.ticketKeys.0: must be a private key: vk_ticket_sec_ and 32 random bytes in base64url',
  )
  expect(faults).toContain('colour: unknown field')
  for (const fault of faults) expect(fault).not.toContain('\n')
})

test('a missing secret is a fault: there is no default', () => {
  expect(faultsOf({ ...good, secrets: {} })).toHaveLength(4)
  expect(faultsOf({ ...good, secrets: { ...good.secrets, orderTokenKeys: [] } })).toHaveLength(1)
})

test('keys of tickets and scanners are told apart, and no fault shows what was given', () => {
  const [ours, theirs] = [`vk_ticket_sec_${'A'.repeat(43)}`, `vk_ticket_pub_${'B'.repeat(42)}A`]
  const wrong = {
    'two public for private': { ticketKeys: [theirs, theirs] },
    'private for public': { retiredTicketKeys: [ours] },
    none: { ticketKeys: [] },
    twice: { ticketKeys: [ours, ours] },
    'a byte less': { ticketKeys: [ours.slice(0, -2)] },
    'another spelling of the same bytes': { ticketKeys: [`${ours.slice(0, -1)}B`] },
    'an object': { ticketKeys: [{ id: '1', privateKey: ours }] },
    'the secret of before': { ticketCode: secret },
    'an admin key for scanners': { scannerKeys: [`vk_sec_${secret}`] },
    'a short scanner key': { scannerKeys: ['vk_scan_short'] },
  }
  for (const [what, change] of Object.entries(wrong)) {
    const faults = faultsOf({ ...good, secrets: { ...good.secrets, ...change } })
    expect(faults.length, what).toBeGreaterThan(0)
    for (const fault of faults) expect(fault).not.toMatch(/A{20}|B{20}|x{20}|short\b/)
  }
  const keys = { retiredTicketKeys: [theirs], scannerKeys: [`vk_scan_${secret}`] }
  expect(faultsOf({ ...good, secrets: { ...good.secrets, ...keys } })).toEqual([])
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

test('thresholds of alerts are changed number by number, and switched off one by one', () => {
  const alertRules = { backlog: { atLeast: 9 }, dispute_lost: false } as const
  const read = readConfiguration({ ...good, alertRules }).alertRules
  expect(read.backlog).toEqual({ atLeast: 9, olderThanSeconds: 900 })
  expect([read.dispute_lost, read.dispute_open]).toEqual([false, {}])
  for (const wrong of [{ backlog: { atLeast: 0 } }, { backlog: { atleast: 3 } }, { no_such_alert: false }]) {
    expect(() => readConfiguration({ ...good, alertRules: wrong })).toThrow('alertRules')
  }
})
