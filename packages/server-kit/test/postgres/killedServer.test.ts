import { expect, test } from 'vitest'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import { openTestShop } from '../../src/testing/testShop.ts'

const tries = 50

test('kill -9 of the server right after a free order was acknowledged: its ticket is there, 50 times', async () => {
  const postgres = await startTestPostgres()
  const place = await postgres.createDatabase()
  const setup = place.open()
  const shop = await openTestShop(setup, { tiers: [{ priceMinor: 0, capacity: 1000 }] })
  await setup.close()
  const acknowledged: string[] = []
  try {
    for (let count = 0; count < tries; count++) {
      const database = place.open({ poolSize: 1 })
      const orderId = crypto.randomUUID()
      const reserved = await database.call('ticketing.reserve_order', {
        event_id: shop.eventId,
        order_id: orderId,
        venue_id: shop.venueId,
        client_key: orderId,
        request_hash: 'h',
        items: [{ tierId: shop.tierIds[0] ?? '', quantity: 1 }],
        buyer: { name: 'Ada', email: 'ada@example.com' },
        return_url: 'https://venue.example/',
        locale: null,
        expected_total_minor: 0,
        origin: null,
      })
      expect(reserved.outcome).toBe('reserved')
      const completed = await database.call('ticketing.complete_order_atomic', {
        event_id: shop.eventId,
        order_id: orderId,
        payment: null,
        source: { kind: 'free' },
      })
      expect(completed.outcome).toBe('issued')
      await postgres.kill9()
      acknowledged.push(orderId)
      await database.close()
      await postgres.restart()
      const rows = await postgres.run(
        `select count(*)::int as tickets from ticketing.tickets where order_id = '${orderId}' and status = 'valid'`,
        place.name,
      )
      expect(rows).toEqual([{ tickets: 1 }])
    }
    const [all] = await postgres.run(
      'select count(distinct order_id)::int as orders from ticketing.tickets',
      place.name,
    )
    expect(all).toEqual({ orders: acknowledged.length })
    const [tier] = await postgres.run('select reserved, issued from ticketing.tier_inventory', place.name)
    expect(tier).toEqual({ reserved: 0, issued: tries })
  } finally {
    await postgres.stop()
  }
}, 120_000)

test('a transaction that reserves and completes commits durably; one that only reserves may be lost, and wholly', async () => {
  const postgres = await startTestPostgres({ flags: ['wal_writer_delay=10s', 'wal_buffers=16MB'] })
  const place = await postgres.createDatabase()
  try {
    const setup = place.open()
    const shop = await openTestShop(setup, { tiers: [{ priceMinor: 0 }] })
    await setup.close()
    const reserve = (orderId: string) =>
      `select ticketing.reserve_order('${shop.eventId}', '${orderId}', '${shop.venueId}', '${orderId}', 'h',
        '[{"tierId":"${shop.tierIds[0]}","quantity":1}]', '{"name":"A","email":"a@b.example"}', 'https://v.example', null,
        null, null)`
    const both = crypto.randomUUID()
    const only = crypto.randomUUID()
    await postgres.run(
      `begin; ${reserve(both)};
       select ticketing.complete_order_atomic('${shop.eventId}', '${both}', null, '{"kind":"free"}'); commit`,
      place.name,
    )
    await postgres.run(reserve(only), place.name)
    await postgres.kill9()
    await postgres.restart()
    const tickets = await postgres.run('select order_id from ticketing.tickets', place.name)
    expect(tickets).toEqual([{ order_id: both }])
    // The counter, the journal and the order go together, whether the write-ahead log got that far or not.
    const [sums] = await postgres.run(
      `select (select reserved from ticketing.tier_inventory) as counter,
         (select sum(reserved_delta)::int from ticketing.journal) as journal,
         (select count(*)::int from ticketing.orders where status = 'reserved') as orders`,
      place.name,
    )
    expect(new Set(Object.values(sums ?? {})).size).toBe(1)
  } finally {
    await postgres.stop()
  }
})
