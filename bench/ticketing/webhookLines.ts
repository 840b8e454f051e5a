import { createOrderResponse } from '../../packages/core/src/contracts/index.ts'
import type { BenchShop } from './benchShop.ts'
import { inTurns, medianOf, rateFor, rateOver, ratioOf } from './rounds.ts'
import type { Stage } from './stage.ts'
import type { Line } from './table.ts'

/** Webhooks of different orders that arrive at once. */
const deliveriesAtOnce = 16

/** Orders with the gateway's session, by the API. */
const order = async ({ kit, venue }: Stage, { eventId, tierId }: BenchShop): Promise<string> => {
  const answer = await kit.call('POST', '/v1/orders', {
    idempotencyKey: crypto.randomUUID(),
    body: {
      eventId,
      items: [{ tierId, quantity: 1 }],
      buyer: { name: 'Ada Lovelace', email: 'ada@example.com' },
      returnUrl: `${venue.origin}/tickets`,
    },
  })
  const { checkout } = answer.read(createOrderResponse)
  const session = checkout.kind === 'redirect' ? /cs_\w+/.exec(checkout.url)?.[0] : undefined
  if (session === undefined) throw new Error('an order got no session')
  return session
}

const isPaidSession = async (request: Request): Promise<boolean> => {
  const event = (await request.clone().json()) as { type: string }
  return event.type === 'checkout.session.completed'
}

const issuedOf = async ({ database }: Stage, { eventId }: BenchShop): Promise<number> => {
  const [row] = await database.withOwner(connection =>
    connection.query<{ issued: number }>('select issued from ticketing.tier_inventory where event_id = $1', [eventId]),
  )
  return row?.issued ?? 0
}

/** Signed webhooks of paid sessions through the kit's fetch; the orders are made and paid outside the measure. */
const makePost = (stage: Stage, shop: BenchShop) => async (): Promise<number> => {
  const { kit, sizes } = stage
  for (let made = 0; made < sizes.webhooksPerRound; made += deliveriesAtOnce) {
    const count = Math.min(deliveriesAtOnce, sizes.webhooksPerRound - made)
    const sessions = await Promise.all(Array.from({ length: count }, () => order(stage, shop)))
    for (const session of sessions) kit.twin.control.pay(session)
  }
  const requests: Request[] = []
  for (const request of await kit.takeWebhooks()) if (await isPaidSession(request)) requests.push(request)
  const before = await issuedOf(stage, shop)
  const deliver = async (request: Request): Promise<void> => {
    const { status } = await kit.kit.fetch(request)
    if (status !== 200) throw new Error(`a webhook was answered by ${status}`)
  }
  const rate = await rateOver(requests, deliver, deliveriesAtOnce)
  await kit.kit.drain()
  const issued = (await issuedOf(stage, shop)) - before
  if (issued !== sizes.webhooksPerRound) throw new Error(`${issued} tickets came of ${sizes.webhooksPerRound} webhooks`)
  return rate
}

/**
 * From the signed webhook to the ticket: signature, inbox, the session fetched again, the order completed, the inbox
 * closed. Gateway, kit and mails share one process here, which is what limits it.
 */
export const webhookLines = async (stage: Stage): Promise<Line[]> => {
  const { scratch, sizes, soldShop } = stage
  const figures = await inTurns(
    {
      bare: () => rateFor(() => scratch.bareUpdate(), sizes.roundMs),
      fresh: makePost(stage, await stage.openFreshShop()),
      sold: makePost(stage, soldShop),
    },
    sizes.rounds,
  )
  const line = (sold: number, contender: 'fresh' | 'sold'): Line => ({
    name: 'webhook to issued',
    sold,
    figure: medianOf(figures[contender]),
    unit: '/s',
    ratio: ratioOf(figures[contender], figures.bare),
    beside: 'bare UPDATE',
  })
  return [line(0, 'fresh'), line(sizes.sold, 'sold')]
}
