import { randomUUID } from 'node:crypto'
import type { NewEvent } from '@venuekit/core/contracts'

const dayMs = 86_400_000

/** A first show, a month from now, with ids of its own. */
export const starterEvent = ({
  venueId,
  timeZone,
  now,
}: {
  venueId: string
  timeZone: string
  now: Date
}): NewEvent => ({
  id: randomUUID(),
  venueId,
  name: 'Opening night',
  description: 'Doors an hour before.',
  startsAt: new Date(Math.ceil(now.getTime() / dayMs) * dayMs + 30 * dayMs).toISOString(),
  timeZone,
  currency: 'USD',
  maxPerOrder: 8,
  tiers: [{ id: randomUUID(), name: 'General admission', priceMinor: 2500, capacity: 100 }],
})
