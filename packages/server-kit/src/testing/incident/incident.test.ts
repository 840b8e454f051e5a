import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capacityConstraints, restoreConstraints } from '../../migrations/restoreConstraints.ts'
import type { AuditFinding, FindingKind } from '../../ports/auditFunctions.ts'
import type { MigratableDatabase } from '../../ports/database.ts'
import { findingsOf } from '../../services/audit.ts'
import { startTestKit, type TestKit } from '../startTestKit.ts'
import { type Incident, stageIncident } from './stageIncident.ts'

const actor = 'mara@salt-house.example'
const allNames = capacityConstraints.map(({ name }) => name)
const ofKind = (findings: AuditFinding[], kind: FindingKind) => findings.filter(finding => finding.kind === kind)
const orders = (findings: AuditFinding[]) => findings.map(({ orderId }) => orderId).sort()

const constraintsOf = (database: MigratableDatabase) =>
  database.withOwner(connection =>
    connection.query(
      `select conrelid::regclass::text as "table", conname, pg_get_constraintdef(oid) as definition
       from pg_constraint where conname = any ($1) order by 1, 2`,
      [allNames],
    ),
  )

// One story: each test goes on where the one before it ended.
describe('the founding incident', () => {
  let stage: TestKit
  let incident: Incident
  let builtByMigrations: unknown[]
  beforeAll(async () => {
    stage = await startTestKit()
    builtByMigrations = await constraintsOf(stage.database)
    incident = await stageIncident(stage.database, { account: stage.twin.account })
  }, 90_000)
  afterAll(() => stage.close())

  const find = async () => findingsOf(await stage.kit.audit())
  const repairLog = () =>
    stage.database.withOwner(connection =>
      connection.query(
        'select kind, actor, count(*)::integer as count from ticketing.repair_log group by 1, 2 order by 1',
      ),
    )

  test('is named exactly by the audit, which skips the test order', async () => {
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

  test('is planned by a dry run, ghosts first, then tickets; nothing changes', async () => {
    const before = await find()
    const { dry, steps } = await stage.kit.repair({ actor })
    expect(dry).toBe(true)
    const kinds = [...Array(4).fill('ghost_reservations'), ...Array(12).fill('paid_without_tickets')]
    const rest = [...Array(4).fill('free_without_tickets'), 'oversold_tiers']
    expect(steps.map(({ finding }) => finding.kind)).toEqual([...kinds, ...rest])
    expect(steps.map(({ outcome }) => outcome)).toEqual([...Array(20).fill('planned'), 'needs_a_person'])
    expect(await find()).toEqual(before)
    expect(await repairLog()).toEqual([])
  })

  test('is not repaired by nobody', async () => {
    await expect(stage.kit.repair({ actor: ' ', apply: true })).rejects.toMatchObject({ code: 'invalid_request' })
    expect(await find()).toHaveLength(21)
  })

  test('is mended but for the oversold tier, and the record says by whom', async () => {
    const { steps } = await stage.kit.repair({ actor, apply: true })
    expect(steps.filter(({ outcome }) => outcome === 'repaired')).toHaveLength(20)
    expect((await find()).map(({ kind }) => kind)).toEqual(['oversold_tiers'])
    expect(await repairLog()).toEqual([
      { kind: 'counter', actor, count: 4 },
      { kind: 'tickets', actor, count: 16 },
    ])
    expect((await stage.kit.repair({ actor, apply: true })).steps).toMatchObject([{ outcome: 'needs_a_person' }])
  })

  test('lets no constraint back that the oversold tier breaks', async () => {
    const { refused } = await restoreConstraints(stage.database)
    expect(refused).toEqual(['check_issued_not_exceeds_capacity', 'check_total_not_exceeds_capacity'])
  })

  test('is not mended by a ticket of something else', async () => {
    const oversold = { kind: 'refund', ticketIds: [crypto.randomUUID()] } as const
    expect((await stage.kit.repair({ actor, apply: true, oversold })).steps).toMatchObject([
      { outcome: 'needs_a_person', finding: { kind: 'oversold_tiers' } },
    ])
  })

  test('ends with more room: 22; the next run finds nothing, and the constraints come back', async () => {
    const { steps } = await stage.kit.repair({ actor, apply: true, oversold: { kind: 'raise_capacity' } })
    expect(steps).toMatchObject([{ outcome: 'repaired', detail: 'its capacity is 22 now' }])
    expect(await find()).toEqual([])
    expect((await stage.kit.repair({ actor, apply: true })).steps).toEqual([])
    const [vip] = await stage.database.withOwner(connection =>
      connection.query('select capacity, reserved, issued from ticketing.tier_inventory where tier_id = $1', [
        incident.vip.tierId,
      ]),
    )
    expect(vip).toEqual({ capacity: 22, reserved: 0, issued: 22 })
    expect((await restoreConstraints(stage.database)).refused).toEqual([])
    expect(await constraintsOf(stage.database)).toEqual(builtByMigrations)
    expect(builtByMigrations).toHaveLength(6)
  })
})

test('the incident also ends with a ticket that goes back: its money is refunded, its place is given back', async () => {
  const stage = await startTestKit()
  try {
    const { vip } = await stageIncident(stage.database, { account: stage.twin.account })
    const oversold = { kind: 'refund', ticketIds: [vip.ticketId] } as const
    const { steps } = await stage.kit.repair({ actor, apply: true, oversold })
    expect(steps.every(({ outcome }) => outcome === 'repaired')).toBe(true)
    expect(findingsOf(await stage.kit.audit())).toEqual([])
    expect((await stage.kit.repair({ actor, apply: true, oversold })).steps).toEqual([])
    expect(await restoreConstraints(stage.database)).toEqual({ added: allNames, refused: [] })
    const [ticket] = await stage.database.withOwner(connection =>
      connection.query('select status, void_reason from ticketing.tickets where ticket_id = $1', [vip.ticketId]),
    )
    expect(ticket).toEqual({ status: 'void', void_reason: 'refunded' })
  } finally {
    await stage.close()
  }
}, 90_000)
