import { expect, test } from 'vitest'
import { judgeEndpoints } from './checks/endpointsCheck.ts'
import { judgeKeys } from './checks/keysCheck.ts'
import { judgeServer } from './checks/serverCheck.ts'
import { judgeVersions } from './checks/versionsCheck.ts'

// At once, and with values that no test can make; test/postgres/doctorParts.test.ts makes the others on purpose.

test('adapters and Node outside the range of the release are caught', () => {
  const node = { installed: '22.12.0', wanted: '>=22.12' }
  const judge = (installed: string, wanted: string) =>
    judgeVersions({ node, adapters: [{ name: 'pg', installed, wanted }] })[0]?.level
  expect(judge('8.23.1', '^8.23.1')).toBe('ok')
  expect(judge('8.30.0', '^8.23.1')).toBe('ok')
  expect(judge('8.20.0', '^8.23.1')).toBe('problem')
  expect(judge('9.0.0', '^8.23.1')).toBe('problem')
  expect(judge('0.6.0', '^0.5.16')).toBe('problem')
  expect(judgeVersions({ node: { ...node, installed: '20.19.0' }, adapters: [] })[0]?.says).toBe(
    'Node 20.19.0 is too old.',
  )
})

test('an old Postgres, a standby, one that takes no writes and fsync that is off are caught, each by one word', () => {
  const well = {
    version: 180_001,
    inProcess: false,
    standby: false,
    readOnly: false,
    fsync: true,
    fullPageWrites: true,
    ownerIsSuperuser: false,
    ownerCanLogIn: false,
  }
  expect(judgeServer(well)).toMatchObject([{ level: 'ok' }])
  for (const change of [
    { version: 140_010 },
    { standby: true, readOnly: true },
    { readOnly: true },
    { fsync: false },
  ]) {
    expect(judgeServer({ ...well, ...change })).toMatchObject([{ level: 'problem' }])
  }
})

test('in live mode no endpoint is a problem, and so is one without https; keys of two modes are', () => {
  const facts = { mode: 'live' as const, apiVersion: 'v', webhookSecrets: 1 }
  expect(judgeEndpoints({ ...facts, endpoints: [] })).toMatchObject([{ level: 'problem' }])
  const endpoint = {
    url: 'http://a.example/webhooks/stripe',
    enabled: true,
    mode: 'live' as const,
    events: ['*'],
    apiVersion: 'v',
  }
  expect(judgeEndpoints({ ...facts, endpoints: [endpoint] })[0]?.says).toContain('not https')
  expect(judgeEndpoints({ ...facts, webhookSecrets: 0, endpoints: null }).map(({ level }) => level)).toEqual([
    'problem',
    'skipped',
  ])
  expect(judgeKeys({ account: 'a', mode: 'live', publishableKey: 'pk_test_1', sold: [] })).toMatchObject([
    { level: 'problem' },
  ])
})
