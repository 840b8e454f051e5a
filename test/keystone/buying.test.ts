import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CreateOrderResponse } from '../../packages/core/src/contracts/index.ts'
import { type VenueKit, VenueKitError } from '../../packages/core/src/index.ts'
import { newTier } from '../../packages/server-kit/src/testing/startTestKit.ts'
import { databaseNames, type Keystone, openKeystone } from './openKeystone.ts'

describe.each(databaseNames)('on %s', database => {
  let keystone: Keystone
  let page: VenueKit

  beforeAll(async () => {
    keystone = await openKeystone(database)
  })
  beforeEach(() => {
    page = keystone.openPage()
  })
  afterAll(() => keystone.close())

  /** An event with one tier, as the page sees it. */
  const createEvent = async (change: Parameters<typeof newTier>[0] = {}) => {
    const { id } = await keystone.server.createEvent({ tiers: [newTier(change)] })
    const { event } = await page.client.getEvent({ params: { eventId: id } })
    const tier = event.tiers[0]
    if (!tier) throw new Error('the event has no tier')
    return { event, tier }
  }

  const order = async ({ event, tier }: Awaited<ReturnType<typeof createEvent>>, quantity = 1, more = {}) =>
    page.client.createOrder({
      body: {
        eventId: event.id,
        items: [{ tierId: tier.id, quantity }],
        buyer: { name: 'Ada Buyer', email: 'ada@example.com' },
        returnUrl: `${keystone.server.venue.origin}/tonight`,
        ...more,
      },
    })

  const read = async ({ order, orderToken }: CreateOrderResponse) =>
    (await page.client.getOrder({ params: { orderId: order.id } }, { orderToken })).order

  const sessionOf = ({ checkout }: CreateOrderResponse): string => {
    const id = checkout.kind === 'redirect' ? /cs_\w+/.exec(checkout.url)?.[0] : undefined
    if (!id) throw new Error(`no session in ${JSON.stringify(checkout)}`)
    return id
  }

  const failure = async (call: Promise<unknown>): Promise<VenueKitError> => {
    const error = await call.then(
      () => null,
      (reason: unknown) => reason,
    )
    if (error instanceof VenueKitError) return error
    throw new Error(`no VenueKitError but ${String(error)}`)
  }

  const availableOf = async (eventId: string) =>
    (await page.client.getEvent({ params: { eventId } })).event.tiers[0]?.available

  test('a person reserves, pays and holds tickets, and a mail is written', async () => {
    const show = await createEvent({ priceMinor: 2500, capacity: 10 })
    const placed = await order(show, 2, { expectedTotalMinor: 5000 })
    expect(placed.order).toMatchObject({
      status: 'reserved',
      total: { amountMinor: 5000, currency: 'USD' },
      tickets: [],
    })
    expect(await availableOf(show.event.id)).toBe(8)
    keystone.server.twin.control.pay(sessionOf(placed))
    await keystone.server.twin.control.settled()
    const bought = await read(placed)
    expect(bought.status).toBe('fulfilled')
    expect(bought.tickets.map(ticket => [ticket.ordinal, ticket.status])).toEqual([
      [1, 'valid'],
      [2, 'valid'],
    ])
    expect(new Set(bought.tickets.map(ticket => ticket.code)).size).toBe(2)
    await keystone.server.kit.jobs.run('send-messages')
    await keystone.server.kit.drain()
    expect(keystone.server.messages.sent.map(mail => mail.order.id)).toContain(placed.order.id)
  })

  test('the return page finds the payment while the webhook is lost, and the purchase is told to one caller', async () => {
    const { control } = keystone.server.twin
    const placed = await order(await createEvent({ priceMinor: 1200 }), 2)
    control.setWebhook({ url: null })
    control.pay(sessionOf(placed))
    await control.settled()
    expect((await read(placed)).status).toBe('reserved')
    const sync = () =>
      page.client.syncOrder({ params: { orderId: placed.order.id } }, { orderToken: placed.orderToken })
    const answers = [await sync(), await sync()]
    control.setWebhook({ url: 'http://kit.test/webhooks/stripe' })
    expect(answers.map(answer => answer.order.status)).toEqual(['fulfilled', 'fulfilled'])
    expect(answers.map(answer => answer.purchase?.value ?? null)).toEqual([24, null])
  })

  test('a free order is fulfilled at once', async () => {
    const placed = await order(await createEvent({ priceMinor: 0 }))
    expect(placed.checkout).toEqual({ kind: 'free' })
    expect(placed.order).toMatchObject({ status: 'fulfilled', total: { amountMinor: 0 } })
    expect(placed.order.tickets).toHaveLength(1)
  })

  test('the last place is sold once, and the next one reads sold out', async () => {
    const show = await createEvent({ capacity: 1, priceMinor: 0 })
    await order(show)
    const error = await failure(order(show))
    expect(error).toMatchObject({ code: 'sold_out', status: 409, retryable: false })
    expect(error.message).toMatch(/^\[POST\] \/v1\/orders: 409 sold_out /)
    expect((await page.client.getEvent({ params: { eventId: show.event.id } })).event.tiers[0]?.status).toBe('sold_out')
  })

  test('a cancelled order gives its places back', async () => {
    const show = await createEvent({ capacity: 3 })
    const placed = await order(show, 3)
    expect(await availableOf(show.event.id)).toBe(0)
    const cancel = page.mutations.cancelOrder()
    await cancel.mutationFn({ orderId: placed.order.id, orderToken: placed.orderToken })
    await keystone.server.kit.drain()
    expect((await read(placed)).status).toBe('cancelled')
    expect(await availableOf(show.event.id)).toBe(3)
    expect(page.queryClient.getQueryData(page.keys.order(placed.order.id))).toMatchObject({ id: placed.order.id })
  })

  test('the same purchase tried again is the same order, another one under its key is refused', async () => {
    const show = await createEvent({ priceMinor: 0 })
    const draft = {
      eventId: show.event.id,
      items: [{ tierId: show.tier.id, quantity: 1 }],
      buyer: { name: 'Ada Buyer', email: 'ada@example.com' },
      returnUrl: `${keystone.server.venue.origin}/`,
      idempotencyKey: crypto.randomUUID(),
    }
    const { mutationFn } = page.mutations.createOrder()
    const first = await mutationFn(draft)
    const second = await mutationFn(draft)
    expect(second.order.id).toBe(first.order.id)
    expect(second.orderToken).toBe(first.orderToken)
    const other = mutationFn({ ...draft, items: [{ tierId: show.tier.id, quantity: 2 }] })
    expect(await failure(other)).toMatchObject({ code: 'idempotency_conflict', status: 422 })
  })

  test('each refusal reaches the page by its code', async () => {
    const show = await createEvent({ priceMinor: 2500 })
    const other = await createEvent()
    expect(await failure(order(show, 1, { expectedTotalMinor: 1 }))).toMatchObject({
      code: 'price_changed',
      status: 409,
    })
    expect(await failure(order(show, 0))).toMatchObject({ code: 'invalid_request', status: 400 })
    expect(await failure(order(show, 999))).toMatchObject({ code: 'limit_exceeded', status: 422 })
    expect((await failure(order(show, 0))).fields).toHaveProperty('items.0.quantity')
    expect((await failure(order({ ...show, tier: other.tier }))).status).toBeGreaterThanOrEqual(400)
    expect((await failure(order(show, 1, { returnUrl: 'https://evil.example/' }))).code).toMatch(
      /forbidden|invalid_request/,
    )
    const missing = page.client.getEvent({ params: { eventId: crypto.randomUUID() } })
    expect(await failure(missing)).toMatchObject({ code: 'not_found', status: 404 })
  })

  test('an order answers to its own token alone', async () => {
    const mine = await order(await createEvent())
    const theirs = await order(await createEvent())
    const call = page.client.getOrder({ params: { orderId: mine.order.id } }, { orderToken: theirs.orderToken })
    expect((await failure(call)).code).toMatch(/unauthorized|forbidden|not_found/)
    expect((await failure(page.client.getOrder({ params: { orderId: mine.order.id } }))).code).toBe('unauthorized')
  })

  test('a key that nobody knows, and a page the key does not allow, are refused', async () => {
    const stranger = keystone.openPage(null, { publishableKey: 'vk_pub_nobody' })
    expect((await failure(stranger.client.listEvents())).code).toMatch(/unauthorized|forbidden/)
    const elsewhere = keystone.openPage(null, { fetch: keystone.fetchFrom('https://elsewhere.example') })
    expect((await failure(elsewhere.client.listEvents())).code).toBe('forbidden')
  })

  test('the event query reads through the cache', async () => {
    const { event } = await createEvent()
    const cached = await page.queryClient.fetchQuery(page.queries.event(event.id))
    expect(cached).toEqual(event)
    const events = await page.queryClient.fetchInfiniteQuery(page.queries.events({ limit: 100 }))
    expect(events.pages.flatMap(each => each.items.map(item => item.id))).toContain(event.id)
  })
})
