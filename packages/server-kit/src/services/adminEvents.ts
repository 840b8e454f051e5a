import type { AdminEvent, eventChange, NewTier, newPool, Page, tierChange } from '@venuekit/core/contracts'
import type * as z from 'zod/mini'
import type { PriceOffStep } from '../ports/adminFunctions.ts'
import type { PageRequest } from './events.ts'
import type { KitContext } from './kitContext.ts'
import { badCursor, fromPageCursor, toPageCursor } from './pageCursor.ts'
import { priceOffStep } from './priceOffStep.ts'
import { ProblemError } from './problemError.ts'

type EventAnswer = Promise<{ event: AdminEvent }>

const defaultPageSize = 20

const refusals = {
  not_found: () => new ProblemError('not_found', { detail: 'No such event, tier or pool.' }),
  cancelled: () => new ProblemError('conflict', { detail: 'The event is cancelled.' }),
  conflict: () => new ProblemError('conflict', { detail: 'Another one has this id already, or it was changed since.' }),
  too_many: () => new ProblemError('limit_exceeded', { detail: 'An event has at most 100 tiers and 50 pools.' }),
  pool_fixed: () =>
    new ProblemError('conflict', { detail: 'Something was sold from this tier: its pool cannot change any more.' }),
  unknown_pool: () => new ProblemError('invalid_request', { fields: { poolId: 'no pool of this event' } }),
  ends_before_start: () => new ProblemError('invalid_request', { fields: { endsAt: 'must be after startsAt' } }),
  sales_end_before_start: () =>
    new ProblemError('invalid_request', { fields: { salesEndAt: 'must be after salesStartAt' } }),
}

type Changed = { outcome: 'found'; event: AdminEvent } | { outcome: keyof typeof refusals }

const changed = (answer: Changed): { event: AdminEvent } => {
  if (answer.outcome === 'found') return { event: answer.event }
  throw refusals[answer.outcome]()
}

const changedTier = (answer: Changed | PriceOffStep): { event: AdminEvent } => {
  if (answer.outcome !== 'price_off_step') return changed(answer)
  throw new ProblemError('invalid_request', { fields: { priceMinor: priceOffStep(answer.currency) } })
}

/** All events of a venue with their counters, the latest show first. */
export const listAdminEvents = async (
  context: KitContext,
  { venueId, cursor, limit = defaultPageSize }: PageRequest & { venueId: string },
): Promise<Page<AdminEvent>> => {
  const list = `admin-events:${venueId}` as const
  const answer = await context.database.call('ticketing.list_admin_events', {
    venue_id: venueId,
    cursor: fromPageCursor(list, cursor),
    page_size: limit,
  })
  if (answer.outcome === 'bad_cursor') throw badCursor()
  return { items: answer.items, nextCursor: toPageCursor(list, answer.nextCursor) }
}

export const updateEvent = async (
  { database }: KitContext,
  eventId: string,
  { actor, ...change }: z.infer<typeof eventChange>,
): EventAnswer => changed(await database.call('ticketing.update_event', { event_id: eventId, change, actor }))

/** Stops sales or lets them go on; what is held may still be paid. Throws `conflict` for a cancelled event. */
export const pauseEvent = async (
  { database }: KitContext,
  eventId: string,
  { paused, actor }: { paused: boolean; actor: string },
): EventAnswer => changed(await database.call('ticketing.pause_event', { event_id: eventId, paused, actor }))

/** Idempotent by the tier's id. */
export const createTier = async ({ database }: KitContext, eventId: string, tier: NewTier): EventAnswer => {
  const { salesStartAt, salesEndAt } = tier
  if (salesStartAt && salesEndAt && Date.parse(salesEndAt) <= Date.parse(salesStartAt)) {
    throw refusals.sales_end_before_start()
  }
  return changedTier(await database.call('ticketing.create_tier', { event_id: eventId, tier }))
}

export const updateTier = async (
  { database }: KitContext,
  { eventId, tierId }: { eventId: string; tierId: string },
  { actor, ...change }: z.infer<typeof tierChange>,
): EventAnswer =>
  changedTier(await database.call('ticketing.update_tier', { event_id: eventId, tier_id: tierId, change, actor }))

/** Idempotent by the pool's id. */
export const createPool = async (
  { database }: KitContext,
  eventId: string,
  pool: z.infer<typeof newPool>,
): EventAnswer => changed(await database.call('ticketing.create_pool', { event_id: eventId, pool }))

interface CapacityChange {
  capacity: number
  actor: string
}

const belowFloor = ({ reserved, issued }: { reserved: number; issued: number }): ProblemError => {
  const floor = reserved + issued
  return new ProblemError('conflict', {
    detail: `The capacity cannot be below ${floor}: ${issued} are issued and ${reserved} reserved.`,
    fields: { capacity: `must be at least ${floor}` },
  })
}

/** Throws `conflict` with the floor: what is reserved and issued. */
export const setTierCapacity = async (
  { database }: KitContext,
  { eventId, tierId }: { eventId: string; tierId: string },
  { capacity, actor }: CapacityChange,
): EventAnswer => {
  const change = { event_id: eventId, tier_id: tierId, capacity, actor }
  const answer = await database.call('ticketing.set_tier_capacity', change)
  if (answer.outcome === 'below_floor') throw belowFloor(answer)
  return changed(answer)
}

/** Throws `conflict` with the floor: what is reserved and issued. */
export const setPoolCapacity = async (
  { database }: KitContext,
  { eventId, poolId }: { eventId: string; poolId: string },
  { capacity, actor }: CapacityChange,
): EventAnswer => {
  const change = { event_id: eventId, pool_id: poolId, capacity, actor }
  const answer = await database.call('ticketing.set_pool_capacity', change)
  if (answer.outcome === 'below_floor') throw belowFloor(answer)
  return changed(answer)
}
