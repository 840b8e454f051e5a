import {
  type AuditReport,
  createServerKit,
  type RepairReport,
  restoreConstraints,
  type ServerKit,
} from '@venuekit/server-kit'
import { type Incident, incidentRecord, stageIncident } from '@venuekit/server-kit/testing'
import { type DemoDatabase, openDatabase } from './database.ts'
import { startTwin } from './gateway.ts'
import type { DemoOptions } from './options.ts'
import { venue } from './programme.ts'
import { quietLog } from './quietLog.ts'
import { loadSecrets } from './secrets.ts'
import { textTable } from './textTable.ts'

type Print = (line: string) => void

/** What the run works with. */
interface Stage {
  kit: ServerKit
  stored: DemoDatabase
  names: Map<string, string>
  alerts: string[]
  print: Print
}

const actor = 'the demo'

/**
 * The founding incident from damage to health, on a database that nobody else uses: audit, dry repair, repair, the
 * decision about the oversold tier, the constraints put back. True where all went as promised.
 */
export const replayIncident = async (options: DemoOptions, print: Print): Promise<boolean> => {
  await using stack = new AsyncDisposableStack()
  const secrets = loadSecrets(options.folder, true)
  const stored = await openDatabase(options, secrets.database)
  stack.defer(() => stored.stop())
  const paid = await startTwin(0, secrets.webhooks)
  stack.defer(() => paid.stop())
  const alerts: string[] = []
  const kit = createServerKit({
    database: stored.database,
    gateway: paid.gateway,
    alerts: { name: 'list', send: async ({ text }) => void alerts.push(text) },
    log: quietLog(),
    secrets: {
      orderTokenKeys: [{ id: '1', secret: secrets.orders }],
      ticketKeys: [secrets.ticketKey],
      adminKeys: [secrets.admin],
      jobs: secrets.jobs,
    },
    timeZone: venue.timeZone,
  })
  stack.defer(() => kit.close())
  await kit.migrate()

  print('Selling five shows, then losing orders and tickets as it happened …\n')
  const incident = await stageIncident(stored.database, { account: paid.gateway.account })
  // Awaited here: everything below is disposed of as soon as this function returns.
  return await mend({ kit, stored, names: await namesOf(stored, incident), alerts, print }, incident)
}

const mend = async (stage: Stage, incident: Incident): Promise<boolean> => {
  const { kit, stored, print } = stage
  const found = await kit.audit()
  showAudit(stage, found)
  const before = await showHealth(stage, 'Health before')
  await kit.jobs.run('check-health')
  await kit.drain()
  print(`The job check-health raised ${stage.alerts.length} alerts, such as "${stage.alerts[0]}".\n`)

  showSteps(stage, 'Dry repair (nothing changes)', await kit.repair({ actor }))
  const mended = await kit.repair({ actor, apply: true })
  showSteps(stage, 'Repair', mended)
  const decided = await kit.repair({ actor, apply: true, oversold: { kind: 'raise_capacity' } })
  showSteps(stage, 'Repair with the decision to raise the capacity', decided)
  const again = await kit.repair({ actor, apply: true })
  showSteps(stage, 'Repair once more', again)
  const after = await showHealth(stage, 'Health after')
  const constraints = await restoreConstraints(stored.database)
  print(`Constraints put back: ${constraints.added.join(', ')}.\n`)

  return conclude(print, {
    'the audit names what was damaged': namesDamage(found, incident),
    'the oversold tier stays until somebody decides': kindsIn(mended.left).join() === 'oversold_tiers',
    'nothing is left after the decision': kindsIn(decided.left).length === 0,
    'the second run finds nothing': again.steps.length === 0,
    'health was bad and is 0': before > 0 && after === 0,
    'all constraints are back': constraints.refused.length === 0 && constraints.added.length > 0,
  })
}

const findingsIn = ({ events, inbox }: AuditReport) => [...events.flatMap(({ findings }) => findings), ...inbox]

const kindsIn = (report: AuditReport) => findingsIn(report).map(({ kind }) => kind)

const namesDamage = (report: AuditReport, incident: Incident): boolean => {
  const findings = findingsIn(report)
  const amounts = new Map(findings.map(({ kind, eventId, amount }) => [`${kind} ${eventId}`, amount]))
  const count = (wanted: string) => findings.filter(({ kind }) => kind === wanted).length
  const paid = findings.filter(({ kind }) => kind === 'paid_without_tickets')
  return (
    incident.shows.every(({ eventId, ghostPlaces }) => amounts.get(`ghost_reservations ${eventId}`) === ghostPlaces) &&
    paid.length === incidentRecord.paidOrders &&
    paid.reduce((sum, { numbers }) => sum + Number(numbers.amountMinor), 0) === incidentRecord.paidMinor &&
    count('free_without_tickets') === incidentRecord.freeOrders &&
    amounts.get(`oversold_tiers ${incident.vip.eventId}`) === 1 &&
    report.events.flatMap(({ skipped }) => skipped).length === incidentRecord.testOrders
  )
}

const namesOf = async ({ database }: DemoDatabase, { shows, vip }: Incident): Promise<Map<string, string>> => {
  const names = new Map(shows.map(({ eventId, name }) => [eventId, name]))
  const answer = await database.call('ticketing.get_admin_event', { event_id: vip.eventId })
  if (answer.outcome === 'found') names.set(vip.eventId, answer.event.name)
  return names
}

const words = (kind: string) => kind.replaceAll('_', ' ')

const dollars = (minor: number) => `${(minor / 100).toFixed(2)} USD`

/** One row an event and kind: seventeen order ids tell a person nothing. */
const showAudit = ({ names, print }: Stage, report: AuditReport) => {
  const groups = new Map<string, { event: string; kind: string; count: number; amount: number; money: number }>()
  const all = [...findingsIn(report), ...report.events.flatMap(({ skipped }) => skipped)]
  for (const { kind, eventId, amount, numbers } of all) {
    const event = names.get(eventId ?? '') ?? ''
    const group = groups.get(`${kind} ${eventId}`) ?? { event, kind: words(kind), count: 0, amount: 0, money: 0 }
    group.count += 1
    group.amount += amount
    group.money += Number(numbers.amountMinor ?? 0)
    groups.set(`${kind} ${eventId}`, group)
  }
  const rows = [...groups.values()].map(({ event, kind, count, amount, money }) => [
    event,
    amount === 0 ? `${kind} (skipped)` : kind,
    count,
    amount,
    money === 0 ? '' : dollars(money),
  ])
  print(`Audit of ${report.eventsAudited} events\n`)
  print(`${textTable(['Event', 'Finding', 'Rows', 'Amount', 'Money'], rows)}\n`)
}

const showSteps = ({ names, print }: Stage, title: string, { steps }: RepairReport) => {
  print(
    `${title}: ${steps.length === 0 ? 'nothing to do.\n' : `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}\n`}`,
  )
  if (steps.length === 0) return
  const rows = steps.map(({ finding, action, outcome, detail }) => [
    names.get(finding.eventId ?? '') ?? '',
    words(finding.kind),
    words(outcome),
    detail ?? (action === 'none' ? '' : action),
  ])
  print(`${textTable(['Event', 'Finding', 'Outcome', 'What'], rows)}\n`)
}

const showHealth = async ({ stored: { database }, names, print }: Stage, title: string): Promise<number> => {
  const rows: (string | number)[][] = []
  let total = 0
  for (const [eventId, name] of names) {
    const answer = await database.call('ticketing.get_event_health', { event_id: eventId })
    if (answer.outcome !== 'found') continue
    const { score, parts } = answer.health
    total += score
    const wrong = Object.entries(parts).filter(([, amount]) => amount > 0)
    rows.push([name, score, wrong.map(([kind, amount]) => `${words(kind)} ${amount}`).join(', ')])
  }
  print(`${title} (0 is perfect)\n`)
  print(`${textTable(['Event', 'Score', 'Parts'], rows)}\n`)
  return total
}

const conclude = (print: Print, promises: Record<string, boolean>): boolean => {
  for (const [promise, kept] of Object.entries(promises)) print(`${kept ? 'ok  ' : 'FAIL'} ${promise}`)
  return Object.values(promises).every(Boolean)
}
