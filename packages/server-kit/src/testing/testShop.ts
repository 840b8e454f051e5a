import type { AdminEvent, NewEvent, NewTier } from '@venuekit/core/contracts'
import type { MigratableDatabase, SqlArguments, SqlResult } from '../ports/database.ts'
import type { CompletionSource, PaymentInput } from '../ports/ticketingFunctions.ts'

type Reservation = SqlArguments<'ticketing.reserve_order'>
type GatewayPayment = Extract<PaymentInput, { kind: 'gateway' }>

export const testAccount = 'acct_test'

/** One event on sale over a bare database, and what a buyer and the gateway do to it. */
export interface TestShop {
  venueId: string
  eventId: string
  tierIds: string[]
  poolIds: string[]
  reserve(change?: Partial<Reservation>): Promise<SqlResult<'ticketing.reserve_order'>>
  /** A hold that succeeded; answers the order's id. */
  hold(change?: Partial<Reservation>): Promise<string>
  /** Begins and attaches a checkout; answers the attempt and its session. */
  checkout(orderId: string): Promise<{ attemptId: string; sessionId: string }>
  complete(
    orderId: string,
    payment: PaymentInput | null,
    source?: CompletionSource,
  ): Promise<SqlResult<'ticketing.complete_order_atomic'>>
  settle(
    orderId: string,
    attemptId: string,
    status: SqlArguments<'ticketing.settle_attempt'>['session_status'],
  ): Promise<SqlResult<'ticketing.settle_attempt'>>
  /** A payment that fits a session of one place unless changed. */
  payment(sessionId: string, change?: Partial<GatewayPayment>): GatewayPayment
  counters(): Promise<Record<string, { reserved: number; issued: number }>>
  orderStatus(orderId: string): Promise<string>
  /** As the owner, past all privileges. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>
  /** What is out of balance; empty while every invariant of the counters holds. */
  imbalances(): Promise<Record<string, unknown>[]>
}

export interface TestShopOptions {
  tiers?: Partial<NewTier>[]
  pools?: { capacity: number }[]
  event?: Partial<NewEvent>
}

/** Counters against order lines and against the journal, tier by tier and pool by pool. */
const imbalanceQuery = `
with counters as (
  select event_id, tier_id as id, capacity, reserved, issued from ticketing.tier_inventory
  union all select event_id, pool_id, capacity, reserved, issued from ticketing.pool_inventory
), lines as (
  select event_id, id, coalesce(sum(quantity) filter (where counted_as = 'reserved'), 0) as reserved,
    coalesce(sum(quantity - returned) filter (where counted_as = 'issued'), 0) as issued
  from (
    select event_id, tier_id as id, quantity, returned, counted_as from ticketing.order_items
    union all select event_id, pool_id, quantity, returned, counted_as from ticketing.order_items where pool_id is not null
  ) l group by event_id, id
), entries as (
  select event_id, coalesce(tier_id, pool_id) as id, sum(capacity_delta) as capacity, sum(reserved_delta) as reserved,
    sum(issued_delta) as issued
  from ticketing.journal where payment_id is null group by 1, 2
)
select c.id, c.capacity, c.reserved, c.issued, l.reserved::int as line_reserved, l.issued::int as line_issued,
  e.capacity::int as journal_capacity, e.reserved::int as journal_reserved, e.issued::int as journal_issued
from counters c left join lines l using (event_id, id) left join entries e using (event_id, id)
where c.event_id = $1 and ((c.reserved, c.issued) <> (coalesce(l.reserved, 0), coalesce(l.issued, 0))
  or (c.capacity, c.reserved, c.issued) <> (coalesce(e.capacity, 0), coalesce(e.reserved, 0), coalesce(e.issued, 0))
  or c.reserved + c.issued > c.capacity)`

const openEvent = async (database: MigratableDatabase, options: TestShopOptions): Promise<AdminEvent> => {
  const venueId = crypto.randomUUID()
  const eventId = crypto.randomUUID()
  const pools = (options.pools ?? []).map((pool, index) => ({
    id: crypto.randomUUID(),
    name: `Pool ${index}`,
    ...pool,
  }))
  const tiers = (options.tiers ?? [{}]).map((tier, index) => ({
    id: crypto.randomUUID(),
    name: `Tier ${index}`,
    priceMinor: 1000,
    capacity: 10,
    poolId: pools[0]?.id ?? null,
    ...tier,
  }))
  await database.call('venuekit.create_venue', { venue_id: venueId, name: 'The Venue' })
  const answer = await database.call('ticketing.create_event', {
    event_id: eventId,
    event: {
      id: eventId,
      venueId,
      name: 'Late Set',
      startsAt: '2030-06-01T19:00:00.000Z',
      timeZone: 'America/Chicago',
      currency: 'USD',
      pools,
      tiers,
      ...options.event,
    },
  })
  if (answer.outcome !== 'created') throw new Error(`the event was not created: ${answer.outcome}`)
  return { ...answer.event, venueId } as AdminEvent & { venueId: string }
}

export const openTestShop = async (database: MigratableDatabase, options: TestShopOptions = {}): Promise<TestShop> => {
  const event = (await openEvent(database, options)) as AdminEvent & { venueId: string }
  const { venueId } = event
  const eventId = event.id
  const tierIds = event.tiers.map(tier => tier.id)
  const query = <Row>(sql: string, parameters: unknown[] = []) =>
    database.withOwner(connection => connection.query<Row>(sql, parameters))

  const reserve: TestShop['reserve'] = (change = {}) =>
    database.call('ticketing.reserve_order', {
      event_id: eventId,
      order_id: crypto.randomUUID(),
      venue_id: venueId,
      client_key: crypto.randomUUID(),
      request_hash: 'one hash',
      items: [{ tierId: tierIds[0] ?? '', quantity: 1 }],
      buyer: { name: 'Ada', email: 'ada@example.com' },
      return_url: 'https://venue.example/tickets',
      locale: null,
      expected_total_minor: null,
      origin: null,
      ...change,
    })
  return {
    venueId,
    eventId,
    tierIds,
    poolIds: event.pools.map(pool => pool.id),
    reserve,
    query,
    async hold(change) {
      const answer = await reserve(change)
      if (answer.outcome !== 'reserved') throw new Error(`no hold: ${answer.outcome}`)
      return answer.order.id
    },
    async checkout(orderId) {
      const own = { event_id: eventId, order_id: orderId, attempt_id: crypto.randomUUID(), account: testAccount }
      const begun = await database.call('ticketing.begin_checkout', {
        ...own,
        mode: 'test',
        ui: 'redirect',
        params: {},
      })
      if (begun.outcome !== 'begun') throw new Error(`no checkout: ${begun.outcome}`)
      const sessionId = `cs_${crypto.randomUUID()}`
      const attached = await database.call('ticketing.attach_checkout', {
        ...own,
        session_id: sessionId,
        url: 'https://pay.example',
        client_secret: null,
        session_expires_at: begun.attempt.expiresAt,
      })
      if (attached.outcome !== 'attached') throw new Error(`not attached: ${attached.outcome}`)
      return { attemptId: own.attempt_id, sessionId }
    },
    complete: (orderId, payment, source = { kind: 'webhook' }) =>
      database.call('ticketing.complete_order_atomic', { event_id: eventId, order_id: orderId, payment, source }),
    settle: (orderId, attemptId, status) =>
      database.call('ticketing.settle_attempt', {
        event_id: eventId,
        order_id: orderId,
        attempt_id: attemptId,
        session_status: status,
      }),
    payment: (sessionId, change = {}) => ({
      kind: 'gateway',
      paymentId: crypto.randomUUID(),
      account: testAccount,
      mode: 'test',
      sessionId,
      paymentIntentId: `pi_of_${sessionId}`,
      amountMinor: 1000,
      currency: 'USD',
      ...change,
    }),
    async counters() {
      const rows = await query<{ id: string; reserved: number; issued: number }>(
        `select tier_id as id, reserved, issued from ticketing.tier_inventory where event_id = $1
         union all select pool_id, reserved, issued from ticketing.pool_inventory where event_id = $1`,
        [eventId],
      )
      return Object.fromEntries(rows.map(({ id, reserved, issued }) => [id, { reserved, issued }]))
    },
    async orderStatus(orderId) {
      const answer = await database.call('ticketing.get_order', { event_id: eventId, order_id: orderId })
      return answer.outcome === 'found' ? answer.order.status : answer.outcome
    },
    imbalances: () => query(imbalanceQuery, [eventId]),
  }
}
