import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postHogAlerts } from '../adapters/postHogAlerts.ts'
import { slackAlerts } from '../adapters/slackAlerts.ts'
import { webhookAlerts } from '../adapters/webhookAlerts.ts'
import { createServerKit, type ServerKit } from '../createServerKit.ts'
import { type AlertReceiver, startAlertReceiver } from '../testing/alertReceiver.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

const secret = `whsec_${btoa('k'.repeat(32))}`
const slackPath = '/services/T0/B0/secretQ0canary'
const hostile = 'Late *Set* `x` <!channel> ada@example.com'

let receiver: AlertReceiver
let stage: TestKit
let neighbour: ServerKit
/** Three sinks on a server of its own, and a second node on the same database. */
beforeAll(async () => {
  receiver = await startAlertReceiver()
  const { url } = receiver
  const alerts = [
    slackAlerts({ webhookUrl: `${url}${slackPath}`, timeoutMs: 2000 }),
    postHogAlerts({ host: url, projectKey: 'phc_key', timeoutMs: 20_000 }),
    webhookAlerts({ url: `${url}/hook`, secrets: [secret], timeoutMs: 20_000 }),
  ]
  stage = await startTestKit({ alerts })
  const { database, gateway } = stage
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  neighbour = createServerKit({ database, gateway, alerts, log, secrets: testSecrets, timeZone: 'UTC', limits: false })
}, 180_000)
afterAll(async () => {
  await stage?.close()
  await receiver?.close()
})

const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
const counts = () =>
  [slackPath, '/i/v0/e/', '/hook'].map(path => receiver.received.filter(request => request.path === path).length)
const forget = () => {
  receiver.received.length = 0
  receiver.answers.clear()
}
/** Both nodes at once, as their schedulers do. */
const send = async (afterMinutes = 1.1) => {
  await minutes(afterMinutes)
  const run = (kit: ServerKit) => kit.jobs.run('send-alerts', { extra: true })
  await Promise.all([run(stage.kit), run(neighbour)])
}
const damage = async (sql: string, eventId: string) => {
  await stage.database.withOwner(connection => connection.query(sql, [eventId]))
  await minutes(6)
  await stage.kit.jobs.run('check-health', { extra: true })
  await stage.kit.drain()
}

test('an alert reaches three sinks of which one fails, one hangs and one asks for patience, each once', async () => {
  receiver.answers.set('/hook', [{ status: 500 }, { status: 502 }])
  receiver.answers.set(slackPath, ['hang'])
  receiver.answers.set('/i/v0/e/', [{ status: 429, headers: { 'retry-after': '600' } }])
  const event = await stage.createEvent({ name: hostile })
  await damage('update ticketing.tier_inventory set reserved = reserved + 4 where event_id = $1', event.id)
  expect(counts()).toEqual([1, 1, 1])
  await send()
  // Two alerts were raised: ghosts, and a journal that does not add up.
  expect(counts()).toEqual([3, 1, 2])
  await send(3)
  expect(counts()).toEqual([3, 1, 4])
  await send(7)
  expect(counts()).toEqual([3, 3, 4])
  await send(1)
  expect(counts()).toEqual([3, 3, 4])

  const taken = receiver.received.filter(({ path }) => path === '/hook').slice(-2)
  const events = taken.map(({ body, headers }) => new Webhook(secret).verify(body, headers as Record<string, string>))
  const codes = (events as { data: { code: string } }[]).map(({ data }) => data.code)
  expect(codes.sort()).toEqual(['ghost_reservations', 'journal_drift'])
  const ids = new Set(receiver.received.filter(({ path }) => path === '/hook').map(it => it.headers['webhook-id']))
  expect(ids.size).toBe(2)

  forget()
  await stage.kit.repair({ actor: 'ops', apply: true, eventId: event.id })
  await stage.kit.drain()
  await send()
  expect(counts()).toEqual([2, 2, 2])
  expect(receiver.received.every(({ body }) => body.includes('esolved'))).toBe(true)
})

test('several nodes that look and send at the same moment send one message', async () => {
  forget()
  const event = await stage.createEvent()
  await stage.database.withOwner(connection =>
    connection.query('update ticketing.tier_inventory set reserved = 2 where event_id = $1', [event.id]),
  )
  await minutes(6)
  const look = (kit: ServerKit) => kit.jobs.run('check-health', { extra: true }).then(() => kit.drain())
  await Promise.all([look(stage.kit), look(neighbour)])
  await send()
  expect(counts()).toEqual([2, 2, 2])
})

test('what was sent and logged on the way shows no address, no secret and no mention', () => {
  const sent = receiver.received.map(({ body }) => body).join('\n')
  const logged = JSON.stringify(stage.logged)
  expect(logged).toContain('an alert was not taken')
  expect(`${sent}${logged}`).not.toMatch(/Q0canary|whsec_|ada@/)
  const inSlack = receiver.received.filter(({ path }) => path === slackPath)
  expect(JSON.stringify(inSlack)).not.toContain('<!channel>')
})
