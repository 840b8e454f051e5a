import type { VenueEvent } from '@venuekit/core/contracts'
import type { Ui } from './Ui.ts'

export const EventHeading = ({ ui, event }: { ui: Ui; event: VenueEvent }) => {
  const leaf = ui.time.leaf(event)
  return (
    <header class="heading" part="heading">
      <div class="leaf" aria-hidden="true">
        <span>{leaf.month}</span>
        <b>{leaf.day}</b>
      </div>
      <div class="grow">
        <h2 id="vk-title">{event.name}</h2>
        <p class="muted">
          <time class="when" dateTime={event.startsAt}>
            <span>{ui.time.day(event)}</span>
            <span class="dot" aria-hidden="true">
              ·
            </span>
            <span>{ui.time.hours(event)}</span>
          </time>
        </p>
        {event.location && <p class="muted">{event.location}</p>}
      </div>
    </header>
  )
}
