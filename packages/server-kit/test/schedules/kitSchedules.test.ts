import type { AdminEvent, CreateOrderResponse } from '@venuekit/core/contracts'
import { createOrderResponse } from '@venuekit/core/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMoneyDesk, type MoneyDesk } from '../../src/testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../../src/testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../../src/testing/startTestKit.ts'
import type { FaultInput } from '../../src/testing/twin/faults.ts'
import { type InvariantWatch, watchInvariants } from './invariantWatch.ts'
import { scheduleParameters } from './scheduleParameters.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
let watch: InvariantWatch
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
  watch = await watchInvariants(work => stage.database.withOwner(work))
}, 60_000)
afterAll(() => stage.close())

interface World {
  event: AdminEvent
  placed: CreateOrderResponse[]
}

type Move = (world: World, roll: number) => Promise<unknown>

const pick = <Item>(items: readonly Item[], roll: number): Item | undefined => items[roll % Math.max(1, items.length)]

const faults: FaultInput[] = [
  { kind: 'error', method: 'POST' },
  { kind: 'error_after', method: 'POST' },
  { kind: 'lost_request' },
  { kind: 'lost_answer', method: 'POST' },
  { kind: 'rate_limit' },
  { kind: 'duplicate', times: 3 },
  { kind: 'reorder', times: 2 },
  { kind: 'drop', times: 3 },
  { kind: 'drop', type: 'checkout.*' },
  { kind: 'refund_pending' },
  { kind: 'refund_fails' },
]

/** The gateway refuses what cannot be: a closed session that is paid, a charge that is not there. */
const atGateway = async (work: () => unknown): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if ((error as Error).constructor.name !== 'Refusal') throw error
  }
}

const onCharge = async (world: World, roll: number, work: (charge: string) => unknown) => {
  const one = pick(world.placed, roll)
  if (!one || (await money.order(one)).payments.length === 0) return
  const charge = await money.chargeOf(one)
  await atGateway(() => work(charge))
}

const job =
  (name: Parameters<TestKit['kit']['jobs']['run']>[0]): Move =>
  () =>
    stage.kit.jobs.run(name)

const moves: Record<string, Move> = {
  async order({ event, placed }, roll) {
    const answer = await desk.send(desk.cart(event, 1 + (roll % 3)))
    if (answer.status < 300) placed.push(answer.read(createOrderResponse))
  },
  async buy(world, roll) {
    const before = world.placed.length
    await moves.order?.(world, roll)
    const one = world.placed[before]
    if (one) await atGateway(() => stage.twin.control.pay(sessionOf(one)))
  },
  async pay({ placed }, roll) {
    const one = pick(placed, roll)
    if (one) await atGateway(() => stage.twin.control.pay(sessionOf(one)))
  },
  async decline({ placed }, roll) {
    const one = pick(placed, roll)
    if (one) await atGateway(() => stage.twin.control.decline(sessionOf(one)))
  },
  async cancel({ placed }, roll) {
    const one = pick(placed, roll)
    if (one) await desk.cancel(one)
  },
  async sync({ placed }, roll) {
    const one = pick(placed, roll)
    if (one) await stage.call('POST', `/v1/orders/${one.order.id}/sync`, { orderToken: one.orderToken })
  },
  async refund({ placed }, roll) {
    const one = pick(placed, roll)
    if (one) await money.refund(one, roll % 2 === 0 ? {} : { amountMinor: 100 + roll })
  },
  refundInDashboard: (world, roll) =>
    onCharge(world, roll, charge =>
      stage.twin.control.refundInDashboard(charge, roll % 2 === 0 ? {} : { amount: 500 }),
    ),
  dispute: (world, roll) =>
    onCharge(world, roll, charge => {
      const { id } = stage.twin.control.dispute(charge)
      stage.twin.control.closeDispute(id, roll % 2 === 0)
    }),
  fault: async (_world, roll) => stage.twin.control.addFault(pick(faults, roll)),
  async resend(_world, roll) {
    const one = pick(stage.twin.control.deliveries(), roll)
    if (one) stage.twin.control.resend(one.id)
  },
  forgetKeys: async () => stage.twin.control.forgetKeys(),
  wait: (_world, roll) => stage.twin.control.advance([70_000, 1_900_000, 2_500_000, 90_000_000][roll % 4] ?? 0),
  settled: () => money.settled(),
  expire: job('expire-reservations'),
  inbox: job('process-webhooks'),
  refunds: job('send-refunds'),
  async cancelShow({ event }, roll) {
    if (roll % 4 === 0) await money.cancelEvent(event.id)
  },
}

/** Pending refunds end at their bank. */
const endRefunds = async (): Promise<void> => {
  const answer = await fetch(`${stage.twin.url}/v1/refunds?limit=100`, {
    headers: { authorization: `Bearer ${stage.twin.secretKey}` },
  })
  const { data } = (await answer.json()) as { data: { id: string; status: string }[] }
  for (const { id, status } of data) if (status === 'pending') stage.twin.control.settleRefund(id, true)
}

const waiting = `
select 'order ' || status as rest from ticketing.orders where status in ('reserved', 'expiring', 'payment_pending')
union all select 'refund ' || status from ticketing.refunds where status in ('requested', 'unknown', 'pending')
union all select 'message ' || status from venuekit.outbox where status <> 'sent'
union all select 'webhook ' || type || ' ' || status from venuekit.webhooks where status <> 'done'`

const whatWaits = () => stage.database.withOwner(connection => connection.query<{ rest: string }>(waiting))

/**
 * Faults stop and the clock runs on. What waits after five days waits for ever: a refund of a cancelled show that the
 * gateway refuses each time, for its charge was disputed and won, becomes a person's after four of them.
 */
const settle = async (): Promise<void> => {
  const { control } = stage.twin
  control.clearFaults()
  for (let round = 0; round < 5 || (round < 10 && (await whatWaits()).length > 0); round += 1) {
    await control.advance(12 * 3600_000)
    await control.flush()
    for (const name of ['process-webhooks', 'expire-reservations', 'cancel-events', 'send-refunds'] as const) {
      await stage.kit.jobs.run(name)
    }
    await endRefunds()
    await money.settled()
    const now = Date.parse(control.clock().now)
    await stage.kit.reconcile({
      from: new Date(now - 5 * 24 * 3600_000),
      until: new Date(now),
      requestsPerSecond: 10_000,
      sleep: async () => {},
    })
    await stage.kit.jobs.run('send-messages')
    await money.settled()
    await watch.check()
  }
  expect(await whatWaits()).toEqual([])
}

const move = fc.record({
  name: fc.oneof(...['buy', 'fault', 'fault'].map(fc.constant), fc.constantFrom(...Object.keys(moves))),
  roll: fc.nat(5039),
})

test('random schedules through the API and the twin, faults among them, break no invariant and come to their end', async () => {
  const schedule = fc.noBias(fc.array(move, { minLength: 8, maxLength: 16, size: 'max' }))
  await fc.assert(
    fc.asyncProperty(schedule, async steps => {
      await watch.clear()
      stage.twin.control.reset()
      const world: World = { event: await stage.createEvent({ tiers: [newTier({ capacity: 4 })] }), placed: [] }
      for (const { name, roll } of steps) {
        await moves[name]?.(world, roll)
        await watch.check()
      }
      await settle()
    }),
    scheduleParameters({
      file: 'packages/server-kit/test/schedules/kitSchedules.test.ts',
      project: 'schedules',
      share: 0.006,
    }),
  )
}, 36_000_000)
