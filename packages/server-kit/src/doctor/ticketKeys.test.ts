import { afterAll, beforeAll, expect, test } from 'vitest'
import { createServerKit } from '../createServerKit.ts'
import { makeTicketKey } from '../services/ticketKey.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit()
}, 60_000)
afterAll(() => stage.close())

const kitBy = (ticketKeys: string[], retiredTicketKeys: string[]) =>
  createServerKit({
    database: stage.database,
    gateway: stage.gateway,
    secrets: { ...testSecrets, ticketKeys, retiredTicketKeys },
    timeZone: 'America/Chicago',
  })

test('a signing key that is also retired is caught before the start, and by doctor', async () => {
  const key = await makeTicketKey()
  const kit = kitBy([key.privateKey], [key.publicKey])
  await expect(kit.checkSecrets()).rejects.toMatchObject({ name: 'ConfigurationError' })
  const { diagnoses } = await kit.diagnose({ only: ['keys'] })
  expect(diagnoses).toMatchObject([{ level: 'problem', says: expect.stringContaining('secrets.retiredTicketKeys') }])
  expect(JSON.stringify(diagnoses)).not.toContain(key.privateKey)
})

test('a retired key behind another one is as it should be', async () => {
  const [old, fresh] = [await makeTicketKey(), await makeTicketKey()]
  const kit = kitBy([fresh.privateKey, old.privateKey], [old.publicKey])
  await kit.checkSecrets()
  expect((await kit.diagnose({ only: ['keys'] })).level).toBe('ok')
})
