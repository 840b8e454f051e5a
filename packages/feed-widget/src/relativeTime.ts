const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Formatters are costly to make (about 50 µs each) and a feed needs the same few for every row. */
const once = <Value>(make: (locale: string) => Value) => {
  const made = new Map<string, Value>()
  return (locale: string): Value => {
    const known = made.get(locale)
    if (known !== undefined) return known
    const value = make(locale)
    made.set(locale, value)
    return value
  }
}

/** German's narrow minutes are `m`, which reads as metres. */
const styleOf = (locale: string) => (/^de\b/.test(locale) ? 'short' : 'narrow')
const ago = once(locale => new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: styleOf(locale) }))
const thisYear = once(locale => new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' }))
const anyYear = once(locale => new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' }))
const exact = once(locale => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }))

/**
 * How long before `now` (milliseconds) an instant was, in the words of `locale`: `5m ago`, `3h ago`, `2d ago`;
 * a date from a week on; null in the first minute, and for a clock that runs ahead of ours, which both read as "now".
 */
export const relativeTime = (instant: string, now: number, locale: string): string | null => {
  const at = Date.parse(instant)
  const age = now - at
  if (age < minute) return null
  if (age < hour) return ago(locale).format(-Math.floor(age / minute), 'minute')
  if (age < day) return ago(locale).format(-Math.floor(age / hour), 'hour')
  if (age < 7 * day) return ago(locale).format(-Math.floor(age / day), 'day')
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return (sameYear ? thisYear : anyYear)(locale).format(at)
}

/** The instant as a whole date and time in the visitor's own time zone. */
export const absoluteTime = (instant: string, locale: string): string => exact(locale).format(Date.parse(instant))
