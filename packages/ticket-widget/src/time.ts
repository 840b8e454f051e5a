import type { VenueEvent } from '@venuekit/core/contracts'

/** Dates in one language, always in the place's own time zone: that is when the doors open. */
export interface FormatTime {
  day(event: VenueEvent): string
  hours(event: VenueEvent): string
  /** For the calendar leaf: `Nov` and `28`. */
  leaf(event: VenueEvent): { month: string; day: string }
  moment(instant: string, timeZone: string): string
}

export const createTimeFormat = (locale: string): FormatTime => {
  const format = (timeZone: string, options: Intl.DateTimeFormatOptions) => {
    try {
      return new Intl.DateTimeFormat(locale, { ...options, timeZone })
    } catch {
      return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    }
  }
  return {
    day: event => format(event.timeZone, { dateStyle: 'full' }).format(new Date(event.startsAt)),
    hours({ startsAt, endsAt, timeZone }) {
      const hours = format(timeZone, { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' })
      const start = new Date(startsAt)
      return endsAt && sameDay(format, timeZone, start, new Date(endsAt))
        ? hours.formatRange(start, new Date(endsAt))
        : hours.format(start)
    },
    leaf({ startsAt, timeZone }) {
      const start = new Date(startsAt)
      return {
        month: format(timeZone, { month: 'short' }).format(start),
        day: format(timeZone, { day: 'numeric' }).format(start),
      }
    },
    moment: (instant, timeZone) =>
      format(timeZone, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(
        new Date(instant),
      ),
  }
}

type Format = (timeZone: string, options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat

/** A night that ends after midnight would otherwise be written with both dates in full. */
const sameDay = (format: Format, timeZone: string, start: Date, end: Date): boolean =>
  end.getTime() - start.getTime() < 86_400_000 &&
  format(timeZone, { dateStyle: 'short' }).format(start) === format(timeZone, { dateStyle: 'short' }).format(end)
