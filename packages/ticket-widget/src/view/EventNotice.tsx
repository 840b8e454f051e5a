import type { VenueEvent } from '@venuekit/core/contracts'
import type { MessageName } from '../messages.ts'
import { Banner } from './Banner.tsx'
import type { Ui } from './Ui.ts'

/** What holds for the event as a whole, where it keeps a visitor from buying. */
export const EventNotice = ({ ui, event }: { ui: Ui; event: VenueEvent }) => {
  const message = messageOf(event)
  return message && <Banner tone={message === 'eventCancelled' ? 'warning' : 'info'} title={ui.text(message)} />
}

const messageOf = ({ status, tiers }: VenueEvent): MessageName | null => {
  if (status === 'cancelled') return 'eventCancelled'
  if (status === 'paused') return 'eventPaused'
  if (tiers.length === 0) return 'noTiers'
  return tiers.every(tier => tier.status === 'sold_out') ? 'eventSoldOut' : null
}
