import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { restoreConstraints } from '../../src/migrations/restoreConstraints.ts'
import type { AlertMessage } from '../../src/ports/alerts.ts'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { type AlertReceiver, startAlertReceiver } from '../../src/testing/alertReceiver.ts'
import { type Incident, stageIncident } from '../../src/testing/incident/stageIncident.ts'
import { readRunbook } from '../../src/testing/readRunbook.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'

const secret = `whsec_${btoa('k'.repeat(32))}`
const cli = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const host = fileURLToPath(new URL('./runbookHost.ts', import.meta.url))

let postgres: TestPostgres
let place: TestDatabase
let database: MigratableDatabase
let receiver: AlertReceiver
let incident: Incident
const printed: string[] = []
beforeAll(async () => {
  receiver = await startAlertReceiver()
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
  database = place.open()
  incident = await stageIncident(database)
})
afterAll(async () => {
  await database?.close()
  await postgres?.stop()
  await receiver?.close()
})

/** The exit code of one command, run as a person does. */
const run = (command: string): Promise<number> => {
  const [, ...words] = command.split(' ')
  const env = {
    ...process.env,
    RUNBOOK_DATABASE: place.appUrl,
    RUNBOOK_SINK: `${receiver.url}/alerts`,
    RUNBOOK_SECRET: secret,
  }
  const args = ['--conditions=@venuekit/source', '--no-warnings', cli, '--config', host, ...words]
  return new Promise(resolve => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      printed.push(stdout, stderr)
      resolve(typeof error?.code === 'number' ? error.code : 0)
    })
  })
}

type Told = Omit<AlertMessage, 'news'>

/** What the sink was sent so far, each verified by its signature. */
const told = (type: 'alert.raised' | 'alert.resolved'): Told[] =>
  receiver.received.flatMap(({ body, headers }) => {
    const event = new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string; data: Told }
    return event.type === type ? [event.data] : []
  })

const nameOf = ({ code, fields }: Told): string => `${code} ${fields.eventId}`

/** What the runbook says to run for these alerts, filled in; what is the same for two of them once. */
const commandsFor = (alerts: readonly Told[]): string[] => {
  const sections = readRunbook()
  const commands = alerts.flatMap(({ code, fields }) => {
    const [block] = sections.find(({ codes }) => codes.includes(code))?.blocks ?? []
    if (!block) throw new Error(`the runbook says nothing of ${code}`)
    return block.map(line => line.replace('EVENT', String(fields.eventId)).replace('NAME', 'mara'))
  })
  return [...new Set(commands)]
}

const isLook = (command: string): boolean => command.startsWith('venuekit health')

test('the founding incident from its alerts to their end, by the commands that the runbook names', async () => {
  expect(await run('venuekit job run check-health --now')).toBe(0)
  const raised = told('alert.raised')
  const names = raised.map(nameOf)
  for (const { eventId } of incident.shows) expect(names).toContain(`ghost_reservations ${eventId}`)
  expect(names.filter(name => name.startsWith('paid_without_tickets'))).toHaveLength(incident.shows.length)
  expect(names).toContain(`free_without_tickets ${incident.vip.eventId}`)
  expect(names).toContain(`oversold_tiers ${incident.vip.eventId}`)
  expect(new Set(names).size).toBe(names.length)
  expect(await run('venuekit audit')).toBe(1)

  const commands = commandsFor(raised)
  for (const command of commands.filter(line => !isLook(line))) await run(command)
  for (const command of commands.filter(isLook)) expect([command, await run(command)]).toEqual([command, 0])

  expect(told('alert.resolved').map(nameOf).sort()).toEqual([...names].sort())
  expect(await run('venuekit audit')).toBe(0)
  expect(await run('venuekit job run check-health --now')).toBe(0)
  expect(receiver.received).toHaveLength(2 * names.length)
  expect((await restoreConstraints(database)).refused).toEqual([])
  const open = await postgres.run('select fingerprint from venuekit.alerts where resolved_at is null', place.name)
  expect(open).toEqual([])
}, 300_000)

test('nothing that was sent or printed on the way names a buyer or a secret', () => {
  const all = [...receiver.received.map(({ body }) => body), ...printed].join('\n')
  expect(all.length).toBeGreaterThan(1000)
  expect(all).not.toMatch(/Q0canary|whsec_|postgres:\/\/[^*\s]+@/)
  expect(all.match(/[\w.+-]+@[\w-]+\.[a-z]+/gi) ?? []).toEqual([])
})
