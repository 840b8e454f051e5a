import type { NewEvent } from '@venuekit/core/contracts'
import { createEvent } from './events.ts'
import type { KitContext } from './kitContext.ts'
import { newEventFaults } from './newEventFaults.ts'
import { ProblemError } from './problemError.ts'

/**
 * What becomes of one event of an import: `new` would be or was created, `there` stands already as it is given,
 * `refused` cannot be; then `faults` says why, by field.
 */
export interface EventImport {
  eventId: string
  name: string
  outcome: 'new' | 'created' | 'there' | 'refused'
  faults: Record<string, string>
}

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain }

/**
 * As it stands once created: what was left out has its default, as `ticketing.create_event` gives it. A description
 * without a word is none: a CSV file cannot tell them apart.
 */
const withDefaults = (event: NewEvent): Plain => {
  const maxPerOrder = event.maxPerOrder ?? 10
  return {
    ...event,
    description: event.description || null,
    location: event.location ?? null,
    startsAt: moment(event.startsAt),
    endsAt: moment(event.endsAt),
    maxPerOrder,
    maxHoldSeconds: event.maxHoldSeconds ?? 7200,
    delayedPayments: event.delayedPayments ?? false,
    maxPendingSeconds: event.maxPendingSeconds ?? 1_209_600,
    pools: (event.pools ?? []).map(pool => ({ ...pool })),
    tiers: event.tiers.map(tier => ({
      ...tier,
      description: tier.description || null,
      maxPerOrder: tier.maxPerOrder ?? maxPerOrder,
      salesStartAt: moment(tier.salesStartAt),
      salesEndAt: moment(tier.salesEndAt),
      poolId: tier.poolId ?? null,
    })),
  }
}

/** Times are the same whichever way they are written. */
const moment = (text: string | null | undefined): string | null => (text ? new Date(text).toISOString() : null)

/** The paths where two values differ, with what stands there. */
const differences = (given: Plain | undefined, there: Plain | undefined, path: string): [string, string][] => {
  if (typeof given === 'object' && given !== null && typeof there === 'object' && there !== null) {
    const [ours, theirs] = [Object.entries(given), Object.entries(there)].map(each => new Map<string, Plain>(each))
    const keys = new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])
    return [...keys].flatMap(key => differences(ours?.get(key), theirs?.get(key), path === '' ? key : `${path}.${key}`))
  }
  return given === there ? [] : [[path, `is ${JSON.stringify(there ?? null)} there: importing changes no event`]]
}

const readThere = async ({ database }: KitContext, ids: readonly string[]) => {
  const { events } = await database.call('ticketing.export_events', {
    after: null,
    venue_id: null,
    event_ids: [...ids],
    max_events: ids.length,
  })
  return new Map(events.map(each => [each.event.id, each]))
}

const atOnce = 200

const chunksOf = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / atOnce) }, (_, at) => items.slice(at * atOnce, (at + 1) * atOnce))

const repeatedIds = (events: readonly NewEvent[]): Set<string> => {
  const seen = new Set<string>()
  return new Set(events.filter(({ id }) => seen.size === seen.add(id).size).map(({ id }) => id))
}

/** What an import of these would do, event by event, in their order. Changes nothing. */
export const planImport = async (context: KitContext, events: readonly NewEvent[]): Promise<EventImport[]> => {
  const { venues } = await context.database.call('venuekit.list_venues', {})
  const known = new Set(venues.map(({ id }) => id))
  const repeated = repeatedIds(events)
  const plan: EventImport[] = []
  for (const chunk of chunksOf(events)) {
    const there = await readThere(
      context,
      chunk.map(({ id }) => id),
    )
    for (const event of chunk) {
      const found = there.get(event.id)
      const faults = newEventFaults(event)
      if (repeated.has(event.id)) faults.id = 'stands twice in what is imported'
      if (!known.has(event.venueId)) faults.venueId = 'no such venue'
      if (found)
        Object.assign(faults, Object.fromEntries(differences(withDefaults(event), withDefaults(found.event), '')))
      if (found?.status === 'cancelled') faults.status = 'the event is cancelled there'
      const well = Object.keys(faults).length === 0
      const outcome = well ? (found ? 'there' : 'new') : 'refused'
      plan.push({ eventId: event.id, name: event.name, outcome, faults })
    }
  }
  return plan
}

const create = async (context: KitContext, event: NewEvent): Promise<Pick<EventImport, 'outcome' | 'faults'>> => {
  try {
    await createEvent(context, event)
    return { outcome: 'created', faults: {} }
  } catch (error) {
    // Somebody made another event of this id meanwhile.
    if (!(error instanceof ProblemError)) throw error
    return { outcome: 'refused', faults: error.details.fields ?? { id: error.message } }
  }
}

export interface ImportOptions {
  /** Ends it behind the event under way. */
  signal?: AbortSignal
  /** Told of each event that was written. */
  onStep?(step: EventImport): void
}

/**
 * Creates what is new. Where one event is refused, none is written. Each is a transaction of its own: cut off by its
 * signal or by a broken connection, the same import goes on where this one ended.
 */
export const importEvents = async (
  context: KitContext,
  events: readonly NewEvent[],
  { signal, onStep }: ImportOptions = {},
): Promise<EventImport[]> => {
  const plan = await planImport(context, events)
  if (plan.some(({ outcome }) => outcome === 'refused')) return plan
  for (const [index, event] of events.entries()) {
    const step = plan[index]
    if (signal?.aborted) break
    if (step?.outcome !== 'new') continue
    onStep?.(Object.assign(step, await create(context, event)))
  }
  return plan
}
