import type { AdminEvent, AdminTier } from '@venuekit/core/contracts'
import type { Canvas } from '../cli.ts'
import { plainText } from '../plainText.ts'

/** What a command did to an event, or would do. */
export interface EventChange {
  applied: boolean
  event: AdminEvent
}

/** An event in short, with what was sold of it. */
export const eventSummary = (event: AdminEvent, { paint, table }: Canvas): string => {
  const tiers = table<AdminTier>(
    [
      { title: 'Tier', value: ({ name }) => name, wraps: true },
      { title: 'Capacity', value: ({ capacity }) => capacity },
      { title: 'Reserved', value: ({ reserved }) => reserved },
      { title: 'Issued', value: ({ issued }) => issued },
    ],
    event.tiers,
  )
  return `${paint('bold', plainText(event.name))}  ${event.status}  ${event.startsAt}\n${event.id}\n\n${tiers}`
}
