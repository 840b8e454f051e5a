import { afterEach, beforeEach, expect, test } from 'vitest'
import { capacityConstraints, restoreConstraints } from '../../migrations/restoreConstraints.ts'
import type { AuditFinding, FindingKind } from '../../ports/auditFunctions.ts'
import { findingsOf } from '../../services/audit.ts'
import { startTestKit, type TestKit } from '../startTestKit.ts'
import { incidentRecord } from './incidentRecord.ts'
import { type Incident, stageIncident } from './stageIncident.ts'

let stage: TestKit
let incident: Incident
beforeEach(async () => {
  stage = await startTestKit()
  incident = await stageIncident(stage.database, { account: stage.twin.account })
}, 60_000)
afterEach(() => stage.close())

const actor = 'mara@salt-house.example'
const find = async () => findingsOf(await stage.kit.audit())
const ofKind = (findings: AuditFinding[], kind: FindingKind) => findings.filter(finding => finding.kind === kind)
const orders = (findings: AuditFinding[]) => findings.map(({ orderId }) => orderId).sort()
const allNames = capacityConstraints.map(({ name }) => name)

test('the audit names exactly what was damaged, and skips the test order', async () => {
  const report = await stage.kit.audit()
  const findings = findingsOf(report)
  const ghosts = ofKind(findings, 'ghost_reservations')
  const byEvent = new Map(ghosts.map(({ eventId, amount }) => [eventId, amount]))
  expect(incident.shows.map(({ eventId }) => byEvent.get(eventId))).toEqual([90, 94, 62, 34])

  const paid = ofKind(findings, 'paid_without_tickets')
  expect(orders(paid)).toEqual([...incident.paidOrderIds].sort())
  expect(paid).toHaveLength(12)
  expect(paid.reduce((sum, { numbers }) => sum + Number(numbers.amountMinor), 0)).toBe(90_764)
  expect(new Set(paid.map(({ numbers }) => numbers.currency))).toEqual(new Set(['USD']))

  const free = ofKind(findings, 'free_without_tickets')
  expect(orders(free)).toEqual([...incident.freeOrderIds].sort())
  expect(free).toHaveLength(4)

  expect(ofKind(findings, 'oversold_tiers')).toMatchObject([
    { tierId: incident.vip.tierId, amount: 1, numbers: { capacity: 21, taken: 22, held: 0 } },
  ])
  const skipped = report.events.flatMap(event => event.skipped)
  expect(orders(skipped)).toEqual([incident.testOrderId])
  expect(paid.length + free.length + skipped.length).toBe(17)
  expect(findings).toHaveLength(4 + 12 + 4 + 1)
})

test('a dry run plans ghosts first, then tickets, and changes nothing', async () => {
  const before = await find()
  const { dry, steps } = await stage.kit.repair({ actor })
  expect(dry).toBe(true)
  expect(steps.slice(0, 4).every(({ finding }) => finding.kind === 'ghost_reservations')).toBe(true)
  expect(steps.map(({ outcome }) => outcome)).toEqual([...Array(20).fill('planned'), 'needs_a_person'])
  expect(await find()).toEqual(before)
  expect(await stage.database.withOwner(c => c.query('select * from ticketing.repair_log'))).toEqual([])
})

test('a repair mends all but the oversold tier, says who did it, and finds nothing the second time', async () => {
  const { steps } = await stage.kit.repair({ actor, apply: true })
  expect(steps.filter(({ outcome }) => outcome === 'repaired')).toHaveLength(20)
  expect((await find()).map(({ kind }) => kind)).toEqual(['oversold_tiers'])
  const log = await stage.database.withOwner(c =>
    c.query<{ kind: string; actor: string; count: number }>(
      'select kind, actor, count(*)::integer as count from ticketing.repair_log group by 1, 2 order by 1',
    ),
  )
  expect(log).toEqual([
    { kind: 'counter', actor, count: 4 },
    { kind: 'tickets', actor, count: 16 },
  ])
  const again = await stage.kit.repair({ actor, apply: true })
  expect(again.steps.map(({ outcome }) => outcome)).toEqual(['needs_a_person'])
})

test('the constraints come back only once the oversold tier is decided: more room', async () => {
  expect((await restoreConstraints(stage.database)).refused).toEqual([
    'check_issued_not_exceeds_capacity',
    'check_total_not_exceeds_capacity',
  ])
  const { steps } = await stage.kit.repair({ actor, apply: true, oversold: { kind: 'raise_capacity' } })
  expect(steps.every(({ outcome }) => outcome === 'repaired')).toBe(true)
  expect(await find()).toEqual([])
  expect((await stage.kit.repair({ actor, apply: true })).steps).toEqual([])
  const restored = await restoreConstraints(stage.database)
  expect(restored).toEqual({
    added: ['check_issued_not_exceeds_capacity', 'check_total_not_exceeds_capacity'],
    refused: [],
  })
  const vip = await stage.database.withOwner(c =>
    c.query('select capacity, reserved, issued from ticketing.tier_inventory where tier_id = $1', [
      incident.vip.tierId,
    ]),
  )
  expect(vip).toEqual([{ capacity: 22, reserved: 0, issued: incidentRecord.vip.issued }])
})

test('or a ticket goes back: its money is refunded, its place is given back', async () => {
  const oversold = { kind: 'refund', ticketIds: [incident.vip.ticketId] } as const
  const { steps } = await stage.kit.repair({ actor, apply: true, oversold })
  expect(steps.every(({ outcome }) => outcome === 'repaired')).toBe(true)
  expect(await find()).toEqual([])
  expect(await restoreConstraints(stage.database)).toEqual({ added: allNames, refused: [] })
  const [ticket] = await stage.database.withOwner(c =>
    c.query('select status, void_reason from ticketing.tickets where ticket_id = $1', [incident.vip.ticketId]),
  )
  expect(ticket).toEqual({ status: 'void', void_reason: 'refunded' })
})

test('a ticket of another tier does not mend the oversold one', async () => {
  const oversold = { kind: 'refund', ticketIds: [crypto.randomUUID()] } as const
  const { steps } = await stage.kit.repair({ actor, apply: true, oversold })
  expect(steps.at(-1)).toMatchObject({ outcome: 'needs_a_person', finding: { kind: 'oversold_tiers' } })
})

test('a repair needs an actor', async () => {
  await expect(stage.kit.repair({ actor: ' ', apply: true })).rejects.toMatchObject({ code: 'invalid_request' })
  expect(await find()).toHaveLength(21)
})

test('the constraints that are put back are the ones that the migrations build', async () => {
  const defined = () =>
    stage.database.withOwner(c =>
      c.query<{ conname: string; definition: string }>(
        `select conname, pg_get_constraintdef(oid) as definition from pg_constraint
         where conname = any ($1) order by conname`,
        [allNames],
      ),
    )
  const fresh = await startTestKit()
  const original = await fresh.database.withOwner(c =>
    c.query(
      `select conname, pg_get_constraintdef(oid) as definition from pg_constraint
       where conname = any ($1) order by conname`,
      [allNames],
    ),
  )
  await fresh.close()
  await stage.kit.repair({ actor, apply: true, oversold: { kind: 'raise_capacity' } })
  await restoreConstraints(stage.database)
  expect(await defined()).toEqual(original)
}, 30_000)
