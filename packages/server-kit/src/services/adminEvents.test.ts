import { adminEventPage, currencyStep } from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type AdminDesk, createAdminDesk, tierOf } from '../testing/adminDesk.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createOrderDesk, type OrderDesk } from '../testing/orderDesk.ts'
import { createVenue, newEvent, newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let admin: AdminDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  admin = createAdminDesk(stage)
}, 60_000)
afterEach(() => stage.database.withOwner(checkInvariants))
afterAll(() => stage.close())

const actor = 'Ida'

test('an event is changed in what the change names, and in nothing else', async () => {
  const before = await stage.createEvent({
    description: 'Loud',
    location: 'Cellar',
    endsAt: '2030-06-01T22:00:00.000Z',
  })
  const after = await admin.change('PATCH', `/events/${before.id}`, {
    name: 'Early Set',
    location: null,
    maxPerOrder: 3,
    actor,
  })
  expect(after).toEqual({ ...before, name: 'Early Set', location: null, maxPerOrder: 3 })
  const refused = await admin.send('PATCH', `/events/${before.id}`, { endsAt: '2030-06-01T18:00:00Z', actor })
  expect(refused.problem()).toMatchObject({ code: 'invalid_request', fields: { endsAt: 'must be after startsAt' } })
  const nowhere = await admin.send('PATCH', `/events/${crypto.randomUUID()}`, { name: 'X', actor })
  expect(nowhere.problem().code).toBe('not_found')
})

test('a show that is moved into the past sells nothing', async () => {
  const event = await stage.createEvent()
  await admin.change('PATCH', `/events/${event.id}`, { startsAt: '2020-01-01T19:00:00Z', actor })
  expect((await desk.send(desk.cart(event))).problem().code).toBe('sales_closed')
})

test('paused sales sell nothing until they go on; a hold may still be paid', async () => {
  const event = await stage.createEvent()
  const held = await desk.order(event)
  expect((await admin.change('PUT', `/events/${event.id}/paused`, { paused: true, actor })).status).toBe('paused')
  expect((await desk.send(desk.cart(event))).problem().code).toBe('sales_closed')
  expect(
    (await stage.call('POST', `/v1/orders/${held.order.id}/checkout`, { orderToken: held.orderToken })).status,
  ).toBe(200)
  expect((await admin.change('PUT', `/events/${event.id}/paused`, { paused: false, actor })).status).toBe('scheduled')
  expect((await desk.send(desk.cart(event))).status).toBe(200)
  const [row] = await stage.database.withOwner(connection =>
    connection.query('select paused_or_resumed_by as by from ticketing.events where event_id = $1', [event.id]),
  )
  expect(row).toEqual({ by: actor })
})

test('a cancelled event cannot be resumed, nor given another tier', async () => {
  const event = await stage.createEvent()
  await admin.send('POST', `/events/${event.id}/cancel`, { actor })
  const resumed = await admin.send('PUT', `/events/${event.id}/paused`, { paused: false, actor })
  expect(resumed.problem()).toMatchObject({ status: 409, code: 'conflict' })
  expect((await admin.send('POST', `/events/${event.id}/tiers`, newTier())).problem().code).toBe('conflict')
})

test('a price that the payment gateway does not charge is refused with its step, and changes nothing', async () => {
  const event = await stage.createEvent({ currency: 'ISK', tiers: [newTier({ priceMinor: 150_000 })] })
  const told = { code: 'invalid_request', fields: { priceMinor: expect.stringContaining('multiple of 100') } }
  const added = await admin.send('POST', `/events/${event.id}/tiers`, newTier({ priceMinor: 150_050 }))
  expect(added.problem()).toMatchObject(told)
  const path = `/events/${event.id}/tiers/${event.tiers[0]?.id}`
  expect((await admin.send('PATCH', path, { priceMinor: 1, actor })).problem()).toMatchObject(told)
  const after = await admin.change('PATCH', path, { name: 'Stalls', actor })
  expect(after.tiers.map(({ name, price }) => [name, price.amountMinor])).toEqual([['Stalls', 150_000]])
})

test('the database knows the steps of core', async () => {
  const currencies = Intl.supportedValuesOf('currency')
  const rows = await stage.database.withOwner(connection =>
    connection.query<{ step: number }>(
      'select ticketing.currency_step(code) as step from unnest($1::text[]) with ordinality as u (code, n) order by n',
      [currencies],
    ),
  )
  expect(rows.map(({ step }) => step)).toEqual(currencies.map(currencyStep))
})

test('a tier is added once however often it is sent, and another one under its id is a conflict', async () => {
  const event = await stage.createEvent()
  const balcony = newTier({ name: 'Balcony', capacity: 7 })
  const added = await admin.change('POST', `/events/${event.id}/tiers`, balcony)
  expect(added.tiers.map(tier => [tier.name, tier.capacity])).toEqual([
    ['General admission', 100],
    ['Balcony', 7],
  ])
  expect(await admin.change('POST', `/events/${event.id}/tiers`, balcony)).toEqual(added)
  const other = await admin.send('POST', `/events/${event.id}/tiers`, { ...balcony, capacity: 8 })
  expect(other.problem().code).toBe('conflict')
  const lost = await admin.send('POST', `/events/${event.id}/tiers`, newTier({ poolId: crypto.randomUUID() }))
  expect(lost.problem()).toMatchObject({ code: 'invalid_request', fields: { poolId: 'no pool of this event' } })
})

test('a new price is for orders to come', async () => {
  const event = await stage.createEvent()
  const held = await desk.order(event, 2)
  const tier = tierOf(event)
  await admin.change('PATCH', `/events/${event.id}/tiers/${tier.id}`, { priceMinor: 9900, actor })
  expect((await desk.show(held)).total.amountMinor).toBe(5000)
  expect((await desk.order(event, 2)).order.total.amountMinor).toBe(19_800)
  const stale = await desk.send({ ...desk.cart(event, 2), expectedTotalMinor: 5000 })
  expect(stale.problem().code).toBe('price_changed')
})

test('who changed a price, a time or the status stays on record, with what it was', async () => {
  const event = await stage.createEvent()
  const tier = tierOf(event)
  await admin.change('PATCH', `/events/${event.id}/tiers/${tier.id}`, { priceMinor: 9900, actor })
  await admin.change('PATCH', `/events/${event.id}/tiers/${tier.id}`, { priceMinor: 9900, actor: 'Ben' })
  await admin.change('PATCH', `/events/${event.id}`, { name: 'Early Set', location: 'Cellar', actor: 'Ben' })
  for (const paused of [true, true, false]) {
    await admin.change('PUT', `/events/${event.id}/paused`, { paused, actor })
  }
  await admin.change('POST', `/events/${event.id}/cancel`, { actor: 'Cleo', reason: 'ill' })
  const log = () =>
    stage.database.withOwner(connection =>
      connection.query(
        'select actor, tier_name, before, after from ticketing.event_log where event_id = $1 order by change_id',
        [event.id],
      ),
    )
  const changes = [
    { actor, tier_name: tier.name, before: { price_minor: 2500 }, after: { price_minor: 9900 } },
    {
      actor: 'Ben',
      tier_name: null,
      before: { name: event.name, location: null },
      after: { name: 'Early Set', location: 'Cellar' },
    },
    { actor, before: { status: 'scheduled' }, after: { status: 'paused' } },
    { actor, before: { status: 'paused' }, after: { status: 'scheduled' } },
    { actor: 'Cleo', before: { status: 'scheduled' }, after: { status: 'cancelled', cancel_reason: 'ill' } },
  ]
  expect(await log()).toMatchObject(changes)
  const unsigned = await admin.send('PATCH', `/events/${event.id}/tiers/${tier.id}`, { priceMinor: 1 })
  expect(unsigned.problem()).toMatchObject({ code: 'invalid_request', fields: { actor: expect.any(String) } })
  await expect(
    stage.database.withOwner(connection => connection.query('delete from ticketing.event_changes')),
  ).rejects.toThrow('append-only')
})

test('a capacity is set down to what is reserved and issued, and no further', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ priceMinor: 0 }), newTier({ name: 'Paid' })] })
  const [free, paid] = [tierOf(event), tierOf(event, 1)]
  const path = (id: string) => `/events/${event.id}/tiers/${id}/capacity`
  const buyer = { ...desk.cart(event), items: [{ tierId: paid.id, quantity: 3 }] }
  await desk.send(buyer)
  await desk.order(event, 2)
  expect((await admin.send('PUT', path(paid.id), { capacity: 2, actor })).problem()).toMatchObject({
    status: 409,
    code: 'conflict',
    detail: 'The capacity cannot be below 3: 0 are issued and 3 reserved.',
    fields: { capacity: 'must be at least 3' },
  })
  expect((await admin.send('PUT', path(free.id), { capacity: 1, actor })).problem().detail).toMatch(
    /below 2: 2 are issued/,
  )
  await admin.change('PUT', path(free.id), { capacity: 2, actor })
  await admin.change('PUT', path(free.id), { capacity: 2, actor })
  expect((await desk.send(desk.cart(event))).problem().code).toBe('sold_out')
  await admin.change('PUT', path(free.id), { capacity: 3, actor })
  expect((await desk.send(desk.cart(event))).status).toBe(200)
  const entries = await stage.database.withOwner(connection =>
    connection.query(
      `select capacity_delta as delta, actor from ticketing.journal
       where tier_id = $1 and kind = 'capacity' order by entry_id`,
      [free.id],
    ),
  )
  expect(entries).toEqual([
    { delta: 100, actor: null },
    { delta: -98, actor },
    { delta: 1, actor },
  ])
})

test('a pool made later limits the tiers that are moved into it, until something was sold', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ priceMinor: 0 }), newTier({ name: 'B', priceMinor: 0 })] })
  const [first, second] = [tierOf(event), tierOf(event, 1)]
  const pool = { id: crypto.randomUUID(), name: 'Hall', capacity: 3 }
  const withPool = await admin.change('POST', `/events/${event.id}/pools`, pool)
  expect(withPool.pools).toEqual([{ ...pool, reserved: 0, issued: 0 }])
  expect(await admin.change('POST', `/events/${event.id}/pools`, pool)).toEqual(withPool)
  for (const { id } of [first, second]) {
    await admin.change('PATCH', `/events/${event.id}/tiers/${id}`, { poolId: pool.id, actor })
  }
  const both = (quantity: number) => ({
    ...desk.cart(event),
    items: [first, second].map(({ id }) => ({ tierId: id, quantity })),
  })
  const tooMany = (await desk.send(both(2))).problem()
  expect(tooMany).toMatchObject({ code: 'sold_out' })
  expect(Object.keys(tooMany.fields ?? {})).toEqual(['items.0.tierId', 'items.1.tierId'])
  expect((await desk.send(both(1))).status).toBe(200)
  expect((await admin.event(event.id)).pools).toEqual([{ ...pool, reserved: 0, issued: 2 }])

  const moved = await admin.send('PATCH', `/events/${event.id}/tiers/${first.id}`, { poolId: null, actor })
  expect(moved.problem()).toMatchObject({ code: 'conflict', detail: expect.stringMatching(/pool cannot change/) })
  const path = `/events/${event.id}/pools/${pool.id}/capacity`
  expect((await admin.send('PUT', path, { capacity: 1, actor })).problem().detail).toMatch(/below 2: 2 are issued/)
  const shrunk = await admin.change('PUT', path, { capacity: 2, actor })
  expect(tierOf(shrunk)).toMatchObject({ available: 0, status: 'sold_out', capacity: 100 })
})

test('the events of a venue come in pages, the latest first, past and cancelled ones too', async () => {
  const { venueId } = await createVenue(stage.database)
  const starts = ['2020-01-01', '2030-01-01', '2030-01-01', '2031-01-01'].map(day => `${day}T19:00:00.000Z`)
  for (const startsAt of starts) await admin.change('POST', '/events', newEvent(venueId, { startsAt }))
  const seen: string[] = []
  let cursor = ''
  for (let page = 0; page < 4; page += 1) {
    const answer = await admin.send('GET', `/events?venueId=${venueId}&limit=2${cursor}`)
    const { items, nextCursor } = answer.read(adminEventPage)
    seen.push(...items.map(item => item.startsAt))
    if (nextCursor === null) break
    cursor = `&cursor=${nextCursor}`
  }
  expect(seen).toEqual(starts.toReversed())
  const foreign = await admin.send('GET', `/events?venueId=${stage.venue.venueId}${cursor}`)
  expect(foreign.problem().code).toBe('invalid_request')
})

test('orders are found by address and status, newest first, page by page', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ priceMinor: 0 }), newTier({ name: 'Paid' })] })
  const ids: string[] = []
  for (const [place, email] of ['a@example.com', 'B@example.com', 'a@example.com'].entries()) {
    const { order } = (await desk.send({ ...desk.cart(event), buyer: { name: 'N', email } })).body as never as {
      order: { id: string }
    }
    ids.unshift(order.id)
    expect(place).toBeLessThan(3)
  }
  const paid = { ...desk.cart(event), items: [{ tierId: tierOf(event, 1).id, quantity: 1 }] }
  await desk.send(paid)
  const found = async (query: string) => (await admin.orders(event.id, query)).items.map(order => order.id)
  expect(await found('?status=fulfilled')).toEqual(ids)
  expect(await found('?email=A@Example.com&status=fulfilled')).toEqual([ids[0], ids[2]])
  expect(await found('?email=b@example.com')).toEqual([ids[1]])
  expect(await found('?status=reserved')).toHaveLength(1)
  const first = await admin.orders(event.id, '?limit=3')
  const second = await admin.orders(event.id, `?limit=3&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items].map(order => order.id).slice(1)).toEqual(ids)
  expect(second.nextCursor).toBeNull()
  expect(first.items[1]?.tickets[0]?.code).toMatch(/^VK1:/)
  expect((await admin.send('GET', `/events/${event.id}/orders?status=lost`)).problem().code).toBe('invalid_request')
  expect((await admin.send('GET', `/events/${crypto.randomUUID()}/orders`)).problem().code).toBe('not_found')
})
