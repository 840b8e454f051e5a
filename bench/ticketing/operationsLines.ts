import { durationOf, inTurns, medianOf } from './rounds.ts'
import type { Season } from './season.ts'
import type { Stage } from './stage.ts'
import type { Line } from './table.ts'

const perCall = 20_000

/** What the job does once, for all that was ever sold. */
const rollUp = async ({ database }: Stage, { eventIds }: Season): Promise<void> => {
  for (const eventId of eventIds) {
    let more = true
    while (more) {
      const args = { event_id: eventId, max_entries: perCall }
      more = (await database.call('ticketing.roll_up_sales', args)).more
    }
  }
}

/**
 * What an open operations page asks every four seconds, and how long the plots' sums took to make: without them the
 * plots read the journal itself.
 */
export const operationsLines = async (stage: Stage, season: Season): Promise<Line[]> => {
  const { database, sizes } = stage
  const [eventId = ''] = season.eventIds
  const sales = (event_id: string | null, step: 'hour' | 'day') => () =>
    durationOf(() => database.call('ticketing.read_sales', { event_id, step, time_zone: 'Europe/Berlin' }))
  const list = { search: null, filter: 'all', sort: 'score', cursor: null, page_size: 25 } as const
  const bare = await durationOf(sales(null, 'day'))
  const rolled = await durationOf(() => rollUp(stage, season))
  const figures = await inTurns(
    {
      overview: () => durationOf(() => database.call('venuekit.read_operations', {})),
      events: () => durationOf(() => database.call('ticketing.list_operations_events', list)),
      hours: sales(null, 'hour'),
      days: sales(null, 'day'),
      ofOne: sales(eventId, 'day'),
    },
    sizes.rounds,
  )
  const line = (name: string, figure: number, atMost?: number): Line => ({
    name,
    sold: season.tickets,
    figure,
    unit: 'ms',
    ratio: null,
    beside: '',
    ...(atMost !== undefined && { aim: { of: 'figure', atMost } }),
  })
  return [
    line('operations: overview', medianOf(figures.overview), 50),
    line('operations: page of 25 events', medianOf(figures.events), 50),
    line('operations: plots, 72 hours', medianOf(figures.hours), 50),
    line('operations: plots, 60 days', medianOf(figures.days), 100),
    line('operations: plots of one event, 60 days', medianOf(figures.ofOne), 50),
    line('operations: plots from the journal alone', bare),
    line('operations: adding it all up, once', rolled),
  ]
}
