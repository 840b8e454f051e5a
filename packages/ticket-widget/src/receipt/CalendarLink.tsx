import type { Order, VenueEvent } from '@venuekit/core/contracts'
import { Component } from 'preact'
import { shortId } from '../view/shortId.ts'
import type { Ui } from '../view/Ui.ts'
import { calendarFile } from './calendarFile.ts'

interface Props {
  ui: Ui
  event: VenueEvent
  order: Order
}

const mediaType = 'text/calendar;charset=utf-8'

/** A download that asks no server and needs nothing of the page's policy. */
export class CalendarLink extends Component<Props> {
  readonly #href: string

  constructor(props: Props) {
    super(props)
    this.#href = addressOf(fileOf(props))
  }

  override componentWillUnmount(): void {
    URL.revokeObjectURL(this.#href)
  }

  override render({ ui }: Props) {
    return (
      <a class="button quiet" part="button" href={this.#href} download="event.ics">
        {ui.text('addToCalendar')}
      </a>
    )
  }
}

const addressOf = (text: string): string => {
  try {
    return URL.createObjectURL(new Blob([text], { type: mediaType }))
  } catch {
    return `data:${mediaType},${encodeURIComponent(text)}`
  }
}

const fileOf = ({ ui, event, order }: Props): string => {
  const count = order.tickets.filter(({ status }) => status === 'valid').length
  return calendarFile({
    uid: `${order.id}@venuekit`,
    summary: event.name,
    location: event.location,
    description: ui.text('calendarTickets', { count, number: shortId(order) }),
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    madeAt: Date.now(),
  })
}
