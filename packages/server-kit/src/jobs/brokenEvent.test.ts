import type { AdminEvent } from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { damageEvent } from '../testing/damageEvent.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import type { JobName } from './jobs.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())
afterEach(() => stage.database.withOwner(checkInvariants))

const query = <Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []) =>
  stage.database.withOwner(connection => connection.query<Row>(sql, parameters))

/** Six events in good order, and one of whose rows in that table not one can be written until it is mended. */
const breakOneOf = async (table: string, [broken, ...sound]: AdminEvent[]) => {
  if (!broken) throw new Error('no event to break')
  return { broken, sound, mend: await damageEvent(stage.database, table, broken.id) }
}

const sevenEvents = () => Promise.all(Array.from({ length: 7 }, () => stage.createEvent()))

/** In its next slot. */
const run = async (job: JobName) => {
  await stage.twin.control.advance(300_000)
  await stage.kit.jobs.run(job)
  await money.settled()
}

const lastRun = async (job: JobName) => {
  const [row] = await query<{ failed: boolean; error: string | null }>(
    `select failed, report ->> 'error' as error from venuekit.job_runs where job = $1 order by taken_at desc limit 1`,
    [job],
  )
  return row
}

/** The job does its work everywhere else, says where it could not, and does it there once that is mended. */
const expectWorkAround = async (
  job: JobName,
  { broken, sound, mend }: Awaited<ReturnType<typeof breakOneOf>>,
  isDone: (event: AdminEvent) => Promise<boolean>,
) => {
  const stated = new RegExp(`^(Error: )?1 of \\d+ events failed: ${broken.id}: `)
  await expect(run(job)).rejects.toThrow(stated)
  await money.settled()
  for (const event of sound) expect(await isDone(event)).toBe(true)
  expect(await isDone(broken)).toBe(false)
  expect(await lastRun(job)).toEqual({ failed: true, error: expect.stringMatching(stated) })

  await mend()
  await run(job)
  expect(await isDone(broken)).toBe(true)
  expect(await lastRun(job)).toEqual({ failed: false, error: null })
}

const placeIn = (events: AdminEvent[]) =>
  Promise.all(events.map(async event => [event.id, await desk.order(event)] as const)).then(entries => new Map(entries))

test('holds of all other events end on time', async () => {
  const events = await sevenEvents()
  const placed = await placeIn(events)
  await stage.twin.control.advance(3600_000)
  await expectWorkAround('expire-reservations', await breakOneOf('ticketing.orders', events), async ({ id }) => {
    const order = placed.get(id)
    return order !== undefined && (await desk.show(order)).status === 'expired'
  })
})

test('other cancelled shows are called off', async () => {
  const events = await sevenEvents()
  const placed = await placeIn(events)
  for (const order of placed.values()) stage.twin.control.pay(sessionOf(order))
  await money.settled()
  const show = await breakOneOf('ticketing.orders', events)
  for (const { id } of events) await money.cancelEvent(id)
  await money.settled()
  await expectWorkAround('cancel-events', show, async ({ id }) => {
    const order = placed.get(id)
    return order !== undefined && (await money.order(order)).status === 'refunded'
  })
})

test('buyers of other events get their money back', async () => {
  const events = await sevenEvents()
  const placed = await placeIn(events)
  for (const order of placed.values()) stage.twin.control.pay(sessionOf(order))
  await money.settled()
  stage.twin.control.addFault({ kind: 'error', method: 'POST', path: '/v1/refunds', times: 7 })
  for (const order of placed.values()) await money.refund(order)
  await money.settled()
  await stage.twin.control.advance(3600_000)
  await expectWorkAround('send-refunds', await breakOneOf('ticketing.refunds', events), async ({ id }) => {
    const order = placed.get(id)
    const refunds = order === undefined ? [] : (await money.order(order)).refunds
    return refunds.some(({ status }) => status === 'succeeded')
  })
})

test('the sales of other events are added up', async () => {
  const events = await sevenEvents()
  await placeIn(events)
  await stage.twin.control.advance(900_000)
  await expectWorkAround('roll-up-sales', await breakOneOf('ticketing.sales_periods', events), async ({ id }) => {
    return (await query('select from ticketing.sales_periods where event_id = $1', [id])).length > 0
  })
})

test('the health of other events is looked at', async () => {
  const events = await sevenEvents()
  const show = await breakOneOf('ticketing.health_checkpoints', events)
  await expectWorkAround('check-health', show, async ({ id }) => {
    return (await query('select from ticketing.health_checkpoints where event_id = $1', [id])).length > 0
  })
})
