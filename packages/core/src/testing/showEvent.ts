import type { Tier, VenueEvent } from '../contracts/ticketing.ts'
import type { VenueContext } from './VenueContext.ts'

export const isOver = ({ endsAt, startsAt }: VenueEvent, now: number): boolean => Date.parse(endsAt ?? startsAt) <= now

/** `status` as the clock and what is left have it, whatever the state says. */
const showTier = (tier: Tier, event: VenueEvent, now: number): Tier => ({ ...tier, status: statusOf(tier, event, now) })

const statusOf = ({ salesStartAt, salesEndAt, available }: Tier, event: VenueEvent, now: number): Tier['status'] => {
  if (isOver(event, now) || (salesEndAt !== null && Date.parse(salesEndAt) <= now)) return 'ended'
  if (salesStartAt !== null && Date.parse(salesStartAt) > now) return 'not_started'
  return available <= 0 ? 'sold_out' : 'on_sale'
}

export const showEvent = (venue: VenueContext, event: VenueEvent): VenueEvent => ({
  ...event,
  tiers: event.tiers.map(tier => showTier(tier, event, venue.now())),
})
