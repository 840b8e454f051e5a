import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type AdminDesk, createAdminDesk, tierOf } from '../testing/adminDesk.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let admin: AdminDesk
beforeAll(async () => {
  stage = await startTestKit()
  admin = createAdminDesk(stage)
}, 60_000)
afterEach(() => stage.database.withOwner(checkInvariants))
afterAll(() => stage.close())

const guest = { name: 'Grace Guest', email: 'grace@example.com' }
const comp = (tierId: string, quantity = 1) => ({ items: [{ tierId, quantity }], buyer: guest, actor: 'Ida' })
const door = (tierId: string, amountMinor: number, quantity = 1) => ({
  ...comp(tierId, quantity),
  method: 'cash',
  amountMinor,
  reference: 'till 3',
})
const mailsTo = (orderId: string) => stage.messages.sent.filter(mail => mail.order.id === orderId)

test('a comp gives tickets at no price, outside windows and limits of sale, and mails them with a link', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ maxPerOrder: 2, salesStartAt: '2029-01-01T00:00:00Z' })] })
  const order = await admin.order('POST', `/events/${event.id}/comps`, comp(tierOf(event).id, 3))
  expect(order).toMatchObject({ status: 'fulfilled', total: { amountMinor: 0, currency: 'USD' }, payments: [] })
  expect(order.tickets).toHaveLength(3)
  expect(tierOf(await admin.event(event.id))).toMatchObject({ reserved: 0, issued: 3 })
  await stage.kit.drain()
  const [mail] = mailsTo(order.id)
  expect(mail).toMatchObject({ kind: 'tickets', to: guest })
  expect(mail?.orderUrl).toMatch(/^https:\/\/venue\.example\/#venuekit-order=vko_/)
})

test('the same request under the same key gives once, and another one is a conflict', async () => {
  const event = await stage.createEvent()
  const path = `/events/${event.id}/comps`
  const key = crypto.randomUUID()
  const body = comp(tierOf(event).id)
  const first = await admin.order('POST', path, body, key)
  const again = await Promise.all([1, 2, 3].map(() => admin.order('POST', path, body, key)))
  expect(new Set([first, ...again].map(order => order.id)).size).toBe(1)
  expect(tierOf(await admin.event(event.id)).issued).toBe(1)
  expect((await admin.send('POST', path, comp(tierOf(event).id, 2), key)).problem().code).toBe('idempotency_conflict')
})

test('a sale at the door takes exactly the total, and records who took it', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ salesEndAt: '2021-01-01T00:00:00Z' })] })
  const path = `/events/${event.id}/door-sales`
  for (const amount of [0, 4999, 5001]) {
    const refused = await admin.send('POST', path, door(tierOf(event).id, amount, 2))
    expect(refused.problem()).toMatchObject({ code: 'price_changed', fields: { amountMinor: 'the total is 5000' } })
  }
  expect(tierOf(await admin.event(event.id))).toMatchObject({ reserved: 0, issued: 0 })
  const order = await admin.order('POST', path, door(tierOf(event).id, 5000, 2))
  expect(order.status).toBe('fulfilled')
  expect(order.payments).toMatchObject([{ kind: 'external', status: 'applied', amount: { amountMinor: 5000 } }])
  const [payment] = await stage.database.withOwner(connection =>
    connection.query('select method, reference, source from ticketing.payments where order_id = $1', [order.id]),
  )
  expect(payment).toEqual({
    method: 'cash',
    reference: 'till 3',
    source: { kind: 'door', actor: 'Ida', reference: 'till 3' },
  })
})

test('the house cannot oversell, neither a tier nor a pool, and leaves nothing behind where there is no room', async () => {
  const poolId = crypto.randomUUID()
  const event = await stage.createEvent({
    pools: [{ id: poolId, name: 'Hall', capacity: 3 }],
    tiers: [newTier({ capacity: 2, poolId }), newTier({ name: 'B', capacity: 5, poolId })],
  })
  const comps = `/events/${event.id}/comps`
  expect((await admin.send('POST', comps, comp(tierOf(event).id, 3))).problem().code).toBe('sold_out')
  const both = {
    ...comp(''),
    items: [tierOf(event), tierOf(event, 1)].map(({ id }) => ({ tierId: id, quantity: 2 })),
  }
  expect((await admin.send('POST', comps, both)).problem().code).toBe('sold_out')
  await admin.order('POST', comps, comp(tierOf(event, 1).id, 3))
  expect((await admin.event(event.id)).pools).toMatchObject([{ reserved: 0, issued: 3 }])
  expect((await admin.send('POST', comps, comp(tierOf(event).id))).problem().code).toBe('sold_out')
  expect((await admin.orders(event.id)).items).toHaveLength(1)
})

test('stopped sales stop the door and not the gifts; a cancelled show stops both', async () => {
  const event = await stage.createEvent()
  const { id } = tierOf(event)
  await admin.change('PUT', `/events/${event.id}/paused`, { paused: true, actor: 'Ida' })
  expect((await admin.send('POST', `/events/${event.id}/door-sales`, door(id, 2500))).problem().code).toBe(
    'sales_closed',
  )
  expect((await admin.send('POST', `/events/${event.id}/comps`, comp(id))).status).toBe(200)
  await admin.send('POST', `/events/${event.id}/cancel`, { actor: 'Ida' })
  await stage.kit.drain()
  expect((await admin.send('POST', `/events/${event.id}/comps`, comp(id))).problem().code).toBe('sales_closed')
})

test('a free tier at the door needs no payment, and a tier of another event is named', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ priceMinor: 0 })] })
  const path = `/events/${event.id}/door-sales`
  expect(await admin.order('POST', path, door(tierOf(event).id, 0))).toMatchObject({
    status: 'fulfilled',
    payments: [],
  })
  expect((await admin.send('POST', path, door(crypto.randomUUID(), 0))).problem().code).toBe('invalid_request')
  const twice = {
    ...door(tierOf(event).id, 0),
    items: [1, 1].map(quantity => ({ tierId: tierOf(event).id, quantity })),
  }
  expect((await admin.send('POST', path, twice)).problem().code).toBe('invalid_request')
})

test('where the venue has no page the mail has no link', async () => {
  const event = await stage.createEvent()
  await stage.database.call('venuekit.set_key', {
    publishable_key: stage.venue.key,
    venue_id: stage.venue.venueId,
    allowed_origins: [],
  })
  const order = await admin.order('POST', `/events/${event.id}/comps`, comp(tierOf(event).id))
  await stage.kit.drain()
  const [mail] = mailsTo(order.id)
  expect(mail?.orderUrl).toBeNull()
  expect(`${mail?.text} ${mail?.html}`).not.toMatch(/null|Show my tickets|yours alone/)
})
