import { operationsLines } from './operationsLines.ts'
import { durationOf, inTurns, medianOf, ratioOf } from './rounds.ts'
import { fillSeason, type Season } from './season.ts'
import type { Stage } from './stage.ts'
import type { Line } from './table.ts'

interface HealthStage extends Stage {
  season: Season
}

const expectWell = (faults: number, what: string): void => {
  if (faults > 0) throw new Error(`${what} shows ${faults} faults where all is well`)
}

const auditEvent = async ({ kit: { kit } }: HealthStage, eventId: string): Promise<void> => {
  const { events } = await kit.audit({ eventId })
  expectWell(events.length, 'the audit of an event')
}

const eventHealth = async ({ database }: HealthStage, eventId: string): Promise<void> => {
  const answer = await database.call('ticketing.get_event_health', { event_id: eventId })
  if (answer.outcome !== 'found') throw new Error('no such event')
  expectWell(answer.health.score, 'the health of an event')
}

/** A line of milliseconds beside the milliseconds of a scan. */
const timed = (name: string, sold: number, figures: number[], scans: number[], scan: string): Line => ({
  name,
  sold,
  figure: medianOf(figures),
  unit: 'ms',
  ratio: ratioOf(figures, scans),
  beside: scan,
})

/** The largest event, first before the job ever looked at it, then from the checkpoint that the job keeps. */
const eventLines = async (stage: HealthStage): Promise<Line[]> => {
  const { database, scratch, season, sizes } = stage
  const [eventId = ''] = season.eventIds
  const timing = (call: () => Promise<unknown>) => () => durationOf(call)
  const scan = timing(() => scratch.scanEvent(eventId))
  const health = timing(() => eventHealth(stage, eventId))
  const whole = await inTurns({ scan, health, audit: timing(() => auditEvent(stage, eventId)) }, sizes.rounds)
  await database.call('ticketing.check_event', { event_id: eventId })
  const kept = await inTurns({ scan, health }, sizes.rounds)
  const beside = 'bare scan of it'
  return [
    { ...timed('bare scan of one event', sizes.largest, whole.scan, whole.scan, ''), ratio: null },
    timed('audit of one event', sizes.largest, whole.audit, whole.scan, beside),
    timed('health of one event, never checked', sizes.largest, whole.health, whole.scan, beside),
    {
      ...timed('health of one event, checked', sizes.largest, kept.health, kept.scan, beside),
      aim: { of: 'figure', atMost: 50 },
    },
  ]
}

/** All events: the whole audit, and the health that is read from the checkpoints of the job. */
const seasonLines = async (stage: HealthStage): Promise<Line[]> => {
  const {
    database,
    kit: { kit },
    scratch,
    season,
    sizes,
  } = stage
  for (const eventId of season.eventIds) await database.call('ticketing.check_event', { event_id: eventId })
  const scan = () => durationOf(() => scratch.scanAll())
  const audit = async (): Promise<void> => expectWell((await kit.audit()).events.length, 'the audit')
  const health = async (): Promise<void> =>
    expectWell((await database.call('ticketing.get_health', {})).score, 'the health of the platform')
  const figures = await inTurns(
    { scan, audit: () => durationOf(audit), health: () => durationOf(health) },
    sizes.auditRounds,
  )
  const beside = 'bare scan of all'
  const events = season.eventIds.length
  return [
    { ...timed(`bare scan of ${events} events`, season.tickets, figures.scan, figures.scan, ''), ratio: null },
    timed(`audit of ${events} events`, season.tickets, figures.audit, figures.scan, beside),
    timed(`health of ${events} events, checked`, season.tickets, figures.health, figures.scan, beside),
  ]
}

/** Audits and health of a season that is well, and the page that shows it. */
export const healthLines = async (stage: Stage): Promise<Line[]> => {
  const season = await fillSeason(stage.database, stage.venue.venueId, stage.sizes)
  const withSeason = { ...stage, season }
  return [
    ...(await eventLines(withSeason)),
    ...(await seasonLines(withSeason)),
    ...(await operationsLines(stage, season)),
  ]
}
