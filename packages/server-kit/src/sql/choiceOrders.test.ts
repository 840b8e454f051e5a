import { afterAll, beforeAll, expect, test } from 'vitest'
import { attempt, event, order, payment, refund, tier, tierCounter } from '../testing/bareRows.ts'
import { type BareTables, dayOf, idOf, none, type OrderCase, only, openBareTables } from '../testing/bareTables.ts'

let tables: BareTables
beforeAll(async () => {
  tables = await openBareTables()
  await tables.database.withOwner(connection =>
    connection.exec(`
      create table public.takings (place bigserial, counter text, id text);
      create function public.note_taking() returns trigger language plpgsql security definer as $$
      begin
        insert into public.takings (counter, id) values (tg_table_name, to_jsonb(new) ->> tg_argv[0]);
        return null;
      end $$;
      create trigger taken after update on ticketing.tier_inventory for each row
      execute function public.note_taking('tier_id');
      create trigger taken after update on ticketing.pool_inventory for each row
      execute function public.note_taking('pool_id');
      alter table ticketing.tier_inventory enable always trigger taken;
      alter table ticketing.pool_inventory enable always trigger taken`),
  )
}, 60_000)
afterAll(() => tables.database.close())

const one = idOf(9)
const ofOne =
  <Row>(rowOf: (rank: number) => Row) =>
  (rank: number) => ({ ...rowOf(rank), order_id: one })
const theEvent = { 'ticketing.events': only({ ...event(9), over_at: '2099-01-01T00:00:00Z' }) }
const theOrder = (more: Record<string, unknown> = {}) => ({
  'ticketing.orders': only({ ...order(9), total_minor: 4000, ...more }),
})
const thePayment = { 'ticketing.payments': only({ ...payment(9), amount_minor: 4000, refund_reserved_minor: 4000 }) }
const requests = (more: Record<string, unknown> = {}) => ({
  'ticketing.refunds': (rank: number) => ({
    ...refund(rank),
    order_id: one,
    payment_id: one,
    status: 'requested',
    gateway_refund_id: null,
    ...more,
  }),
})
const takings = { 'public.takings': none }
const tiers = { ...takings, 'ticketing.tiers': tier, 'ticketing.tier_inventory': tierCounter }
const pools = {
  ...takings,
  'ticketing.capacity_pools': (rank: number) => ({ event_id: one, pool_id: idOf(rank), position: rank, name: 'Hall' }),
  'ticketing.pool_inventory': (rank: number) => ({ event_id: one, pool_id: idOf(rank), capacity: 10 }),
}
const line = (rank: number) => ({
  event_id: one,
  order_id: one,
  line: rank + 1,
  tier_id: idOf(rank),
  pool_id: idOf(rank),
  quantity: 1,
  unit_price_minor: 1000,
  total_minor: 1000,
  counted_as: 'reserved',
})
const ticket = (rank: number) => ({
  event_id: one,
  order_id: idOf(rank),
  ticket_id: idOf(rank),
  line: 1,
  ordinal: 1,
  issued_at: dayOf(0),
})
const empty = {
  'ticketing.order_keys': none,
  'ticketing.orders': none,
  'ticketing.order_items': none,
  'ticketing.tickets': none,
  'ticketing.attempts': none,
  'ticketing.payments': none,
  'ticketing.refunds': none,
  'ticketing.journal': none,
  'venuekit.gateway_objects': none,
  'venuekit.outbox': none,
}

/** Rows in the order in which they were written, which is that of their locks. */
const taken = (counter: string) =>
  `select jsonb_agg(id order by place) as ids from public.takings where counter = '${counter}'`
const written = (table: string, column: string) => `select jsonb_agg(${column} order by ctid) as ids from ${table}`
const answered = (call: string, found: string) => `select jsonb_build_array(${call} #>> '${found}') as ids`
const mixed = [2, 0, 3, 1]
const items = (inOrder: number[], quantity = (_: number) => 1) =>
  JSON.stringify(inOrder.map(rank => ({ tierId: idOf(rank), quantity: quantity(rank) })))
const moves = `array[${mixed.map(rank => `('${one}', '${idOf(rank)}', '${idOf(rank)}', 1, 0)::ticketing.place_move`)}]`
const importRefund = (own: number, gatewayId: string) =>
  answered(
    `ticketing.import_refund('${one}', '${one}', '${one}',
      '{"refundId": "${idOf(own)}", "gatewayRefundId": "${gatewayId}", "amountMinor": 1000, "state": "pending"}')`,
    '{refundId}',
  )

const buyer = '{"name": "Ada", "email": "ada@example.com"}'
/** Sold at the door: of each tier as many as its rank and one, at a thousand each and its rank. */
const doorSale = {
  tables: {
    ...theEvent,
    ...empty,
    ...tiers,
    ...pools,
    'ticketing.tiers': (rank: number) => ({ ...tier(rank), pool_id: idOf(rank), price_minor: 1000 + rank }),
    'venuekit.publishable_keys': (rank: number) => ({
      publishable_key: `vk_pub_${9 - rank}`,
      venue_id: one,
      allowed_origins: [`https://${rank}`],
      created_at: dayOf(rank),
    }),
  },
  before: `select ticketing.create_house_order('${one}', '${one}', 'door', 'key', 'hash',
    '${items([0, 1, 2, 3], rank => rank + 1)}', '${buyer}',
    '{"kind": "external", "paymentId": "${one}", "amountMinor": 10020, "currency": "USD", "method": "cash"}',
    '{"kind": "door", "actor": "Ida"}')`,
}
const lines = (column: string) => `select jsonb_agg(${column} order by line) as ids from ticketing.order_items`

const cases: Record<string, OrderCase> = {
  'get_order: the live attempt': {
    tables: {
      ...theEvent,
      ...theOrder(),
      'ticketing.attempts': rank => ({
        ...attempt(rank),
        order_id: one,
        ...(rank > 0 ? { status: 'closed', closed_at: dayOf(rank), close_reason: 'rejected' } : {}),
      }),
    },
    ask: answered(`ticketing.get_order('${one}', '${one}')`, '{attempt,attemptId}'),
    answer: [0],
  },
  'import_refund: what is known by the gateway, before a request of the same amount': {
    tables: {
      ...empty,
      ...theOrder(),
      ...thePayment,
      'ticketing.refunds': rank => ({
        ...requests()['ticketing.refunds'](rank),
        ...(rank > 0 ? {} : { gateway_refund_id: 're_0' }),
      }),
    },
    ask: importRefund(1, 're_0'),
    answer: [0],
  },
  'fulfil_reviewed_order: the payment that came first': {
    tables: {
      ...empty,
      ...theOrder({ status: 'needs_review' }),
      'ticketing.payments': rank => ({ ...ofOne(payment)(rank), status: 'needs_review' }),
    },
    before: `select ticketing.fulfil_reviewed_order(o, '{"kind": "admin", "actor": "Ida"}', now()) from ticketing.orders o`,
    ask: "select jsonb_agg(payment_id) as ids from ticketing.payments where status = 'applied'",
    answer: [0],
  },
  'make_refund_room: the newest request gives way first': {
    tables: {
      ...empty,
      ...theOrder(),
      ...thePayment,
      'ticketing.refunds': rank => ({ ...requests()['ticketing.refunds'](rank), requested_at: dayOf(3 - rank) }),
    },
    before: 'select ticketing.make_refund_room(p, 1000, now()) from ticketing.payments p',
    ask: "select jsonb_agg(refund_id) as ids from ticketing.refunds where status = 'cancelled'",
    answer: [0],
  },
  'request_refund: of the payment that bought the tickets': {
    tables: {
      ...empty,
      ...theOrder({ status: 'fulfilled' }),
      'ticketing.payments': rank => ({ ...ofOne(payment)(rank), status: rank > 0 ? 'surplus' : 'applied' }),
    },
    ask: answered(
      `ticketing.request_refund('${one}', '${one}', '${one}', null, 10, null, 'Ida', null)`,
      '{refund,paymentId}',
    ),
    answer: [0],
  },
  'request_refund: the same tickets are the same request, however they are listed': {
    tables: {
      ...empty,
      ...theOrder({ status: 'fulfilled' }),
      'ticketing.payments': only({ ...payment(9), amount_minor: 4000 }),
      'ticketing.order_items': line,
      'ticketing.tickets': rank => ({ ...ticket(rank), order_id: one, line: rank + 1 }),
    },
    before: `select ticketing.request_refund('${one}', '${one}', '${one}', null, null,
      '${JSON.stringify(mixed.map(idOf))}', 'Ida', null)`,
    ask: "select request -> 'ticketIds' as ids from ticketing.refunds",
    answer: [0, 1, 2, 3],
  },
  'create_house_order: tiers as given': { ...doorSale, ask: lines('tier_id'), answer: [0, 1, 2, 3] },
  'create_house_order: their pools': { ...doorSale, ask: lines('pool_id'), answer: [0, 1, 2, 3] },
  'create_house_order: how many of each': { ...doorSale, ask: lines('quantity'), answer: [1, 2, 3, 4] },
  'create_house_order: at the price of each': { ...doorSale, ask: lines('unit_price_minor'), answer: [0, 1, 2, 3] },
  'create_house_order: mails lead to the first key': {
    ...doorSale,
    ask: "select jsonb_agg(rtrim(return_url, '/')) as ids from ticketing.orders",
    answer: [0],
  },
  'claim_gateway_objects: by name': {
    tables: { ...empty, 'ticketing.payments': only(payment(9)) },
    before: `select ticketing.claim_gateway_objects(p, '{"account": "a", "sessionId": "1", "paymentIntentId": "0"}', now())
      from ticketing.payments p`,
    ask: written('venuekit.gateway_objects', 'object_id'),
    answer: [0, 1],
  },
  'move_places: tiers by id': {
    tables: { ...tiers, ...pools },
    before: `select ticketing.move_places('${one}', 'reserve', ${moves}, now(), null)`,
    ask: taken('tier_inventory'),
    answer: [0, 1, 2, 3],
  },
  'move_places: pools by id': {
    tables: { ...tiers, ...pools },
    before: `select ticketing.move_places('${one}', 'reserve', ${moves}, now(), null)`,
    ask: taken('pool_inventory'),
    answer: [0, 1, 2, 3],
  },
  'take_pools: pools by id': {
    tables: pools,
    before: `select ticketing.take_pools('${one}', '${one}', '{${mixed.map(idOf)}}', '{1,1,1,1}', now())`,
    ask: taken('pool_inventory'),
    answer: [0, 1, 2, 3],
  },
  'reserve_order: tiers by id': {
    tables: { ...theEvent, ...empty, ...tiers },
    before: `select ticketing.reserve_order('${one}', '${one}', '${one}', 'key', 'hash', '${items(mixed)}', '${buyer}',
      'https://venue.example', null, null, null)`,
    ask: taken('tier_inventory'),
    answer: [0, 1, 2, 3],
  },
  'set_lines: tiers by id': {
    tables: {
      ...empty,
      ...tiers,
      ...pools,
      ...theOrder(),
      'ticketing.order_items': rank => ({ ...line(rank), counted_as: 'none' }),
    },
    before: "select ticketing.set_lines(o, 'Ida', now()) from ticketing.orders o",
    ask: taken('tier_inventory'),
    answer: [0, 1, 2, 3],
  },
  'request_resend: orders by id': {
    tables: {
      ...theEvent,
      ...empty,
      'ticketing.orders': rank => ({ ...order(rank), status: 'fulfilled' }),
      'ticketing.tickets': ticket,
    },
    before: `select ticketing.request_resend('${one}', '${one}', 'ada@example.com')`,
    ask: written('venuekit.outbox', 'order_id'),
    answer: [0, 1, 2, 3],
  },
}

test.each(Object.entries(cases))('%s', async (_, choice) => {
  expect(await tables.answer(choice)).toEqual(choice.answer)
})
