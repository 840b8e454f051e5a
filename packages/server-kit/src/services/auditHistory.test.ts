import type { CreateOrderResponse } from '@venuekit/core/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { findingsOf } from './audit.ts'

let stage: TestKit
let desk: OrderDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
}, 60_000)
afterAll(() => stage.close())

type Act = (order: CreateOrderResponse) => Promise<unknown>

const jobs = ['process-webhooks', 'expire-reservations', 'send-refunds', 'send-messages', 'check-health'] as const

/** Each in a slot of its own. */
const runJobs = async () => {
  await stage.twin.control.advance(6 * 60_000)
  for (const job of jobs) await stage.kit.jobs.run(job)
  await stage.twin.control.settled()
  await stage.kit.drain()
}

/** What may be refused is tried all the same. */
const acts: Record<string, Act> = {
  pay: async order => stage.twin.control.pay(sessionOf(order)),
  cancel: order => desk.cancel(order),
  sync: order => desk.sync(order),
  wait: () => stage.twin.control.advance(20 * 60_000),
  jobs: runJobs,
  refund: async ({ order }) => {
    const refunds = { event_id: order.eventId, order_id: order.id, payment_id: null, actor: 'mara', reason: null }
    const { tickets } = await stage.database
      .call('ticketing.get_order', { event_id: order.eventId, order_id: order.id })
      .then(answer => (answer.outcome === 'found' ? answer.order : { tickets: [] }))
    const ticketIds = tickets.slice(0, 1).map(({ id }) => id)
    await stage.database.call('ticketing.request_refund', {
      ...refunds,
      refund_id: crypto.randomUUID(),
      amount_minor: null,
      ticket_ids: ticketIds.length > 0 ? ticketIds : null,
    })
  },
}

const step = fc.record({ act: fc.constantFrom(...Object.keys(acts)), order: fc.nat(4) })

test('whatever was bought, paid, cancelled, refunded and awaited: the audit of a healthy system finds nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async steps => {
      const event = await stage.createEvent({ tiers: [newTier({ capacity: 8 })] })
      const orders: CreateOrderResponse[] = []
      for (const { act, order } of steps) {
        const chosen = orders[order]
        if (chosen) await acts[act]?.(chosen)?.catch(() => {})
        else {
          const answer = await desk.send(desk.cart(event, order + 1))
          if (answer.status === 201 || answer.status === 200) orders.push(answer.body as CreateOrderResponse)
        }
      }
      await stage.twin.control.settled()
      for (let runs = 0; runs < 3; runs++) await runJobs()
      expect(findingsOf(await stage.kit.audit({ eventId: event.id }))).toEqual([])
      await stage.database.withOwner(checkInvariants)
    }),
    { numRuns: 8 },
  )
}, 120_000)
