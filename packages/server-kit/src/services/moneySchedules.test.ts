import type { CreateOrderResponse } from '@venuekit/core/contracts'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())

const hour = 3_600_000

/** What may happen to the money of one order of two tickets. Numbers choose; what cannot be done is refused. */
const step = fc.oneof(
  fc.record({ act: fc.constant('refund whole' as const) }),
  fc.record({ act: fc.constant('refund ticket' as const), index: fc.nat(1) }),
  fc.record({ act: fc.constant('refund money' as const), amountMinor: fc.integer({ min: 1, max: 5000 }) }),
  fc.record({ act: fc.constant('dashboard' as const), amountMinor: fc.integer({ min: 1, max: 5000 }) }),
  fc.record({ act: fc.constant('settle' as const), succeeded: fc.boolean() }),
  fc.record({ act: fc.constant('fail late' as const) }),
  fc.record({ act: fc.constant('dispute' as const) }),
  fc.record({ act: fc.constant('close dispute' as const), won: fc.boolean() }),
  fc.record({ act: fc.constant('cancel show' as const) }),
  fc.record({ act: fc.constant('pass' as const), hours: fc.constantFrom(0.1, 2, 25) }),
  fc.record({
    act: fc.constant('fault' as const),
    kind: fc.constantFrom('refund_pending' as const, 'refund_fails' as const),
  }),
  fc.record({
    act: fc.constant('break' as const),
    kind: fc.constantFrom('error' as const, 'error_after' as const, 'lost_answer' as const, 'rate_limit' as const),
  }),
  fc.record({ act: fc.constant('lose news' as const), times: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ act: fc.constant('old news' as const), index: fc.nat(1000) }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never
type Run = { placed: CreateOrderResponse; charge: string; intent: string }

const atGateway = (run: Run) => stage.gateway.listPaymentRefunds(run.intent)

const runJobs = async (hours: number) => {
  await stage.twin.control.advance(hours * hour)
  for (const job of ['process-webhooks', 'cancel-events', 'send-refunds'] as const) await stage.kit.jobs.run(job)
}

const settleSome = async (run: Run, from: string, succeeded: boolean) => {
  const refund = (await atGateway(run)).find(({ status }) => status === from)
  if (refund) stage.twin.control.settleRefund(refund.id, succeeded)
}

const disputes = new Map<string, string>()

const acts: { [Act in Step['act']]: (run: Run, step: Extract<Step, { act: Act }>) => unknown } = {
  'refund whole': ({ placed }) => money.refund(placed),
  'refund ticket': async ({ placed }, { index }) =>
    money.refund(placed, { ticketIds: [(await money.order(placed)).tickets[index]?.id] }),
  'refund money': ({ placed }, { amountMinor }) => money.refund(placed, { amountMinor }),
  dashboard: ({ charge }, { amountMinor }) => stage.twin.control.refundInDashboard(charge, { amount: amountMinor }),
  settle: (run, { succeeded }) => settleSome(run, 'pending', succeeded),
  'fail late': run => settleSome(run, 'succeeded', false),
  dispute: ({ charge }) => void disputes.set(charge, stage.twin.control.dispute(charge).id),
  'close dispute': ({ charge }, { won }) => stage.twin.control.closeDispute(disputes.get(charge) ?? '', won),
  'cancel show': ({ placed }) => money.cancelEvent(placed.order.eventId),
  pass: (_run, { hours }) => runJobs(hours),
  fault: (_run, { kind }) => stage.twin.control.addFault({ kind }),
  break: (_run, { kind }) => stage.twin.control.addFault({ kind, path: '/v1/refunds*', times: 2 }),
  'lose news': (_run, { times }) => stage.twin.control.addFault({ kind: 'drop', type: 'refund.*', times }),
  'old news': (_run, { index }) => {
    const deliveries = stage.twin.control.deliveries()
    stage.twin.control.resend(deliveries[index % deliveries.length]?.id ?? '')
  },
}

const perform = async (run: Run, one: Step): Promise<void> => {
  try {
    await (acts[one.act] as (run: Run, step: Step) => unknown)(run, one)
  } catch {
    // Refused by the twin, as by Stripe: a second dispute, a refund of nothing.
  }
  await money.settled()
  await stage.database.withOwner(checkInvariants)
}

const begin = async (): Promise<Run> => {
  stage.twin.control.clearFaults()
  const placed = await desk.order(await stage.createEvent(), 2)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  const intent = (await money.order(placed)).payments[0]?.gatewayObjectId ?? ''
  return { placed, intent, charge: await money.chargeOf(placed) }
}

/** Faults are over: what the gateway has is what we have, and nothing waits for an answer. */
const calm = async (run: Run): Promise<void> => {
  stage.twin.control.clearFaults()
  for (let round = 0; round < 4; round += 1) {
    await runJobs(25)
    await settleSome(run, 'pending', true)
    await money.settled()
  }
  await stage.kit.reconcile()
  await money.settled()
  await stage.database.withOwner(checkInvariants)
  const { payments, refunds } = await money.order(run.placed)
  const theirs = (await atGateway(run)).filter(({ status }) => status === 'succeeded')
  expect(payments[0]?.refunded.amountMinor).toBe(theirs.reduce((sum, { amountMinor }) => sum + amountMinor, 0))
  expect(refunds.filter(({ status }) => status === 'unknown' || status === 'pending')).toEqual([])
  const ids = theirs.map(({ refundId }) => refundId).filter(id => id !== null)
  expect(new Set(ids).size).toBe(ids.length)
}

test('whatever happens to the money of an order, in any order, its promises hold and the books agree in the end', async () => {
  const numRuns = Number(process.env.VENUEKIT_MONEY_SCHEDULES ?? 6)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async steps => {
      const run = await begin()
      for (const one of steps) await perform(run, one)
      await calm(run)
    }),
    { numRuns, endOnFailure: numRuns > 6 },
  )
}, 900_000)
