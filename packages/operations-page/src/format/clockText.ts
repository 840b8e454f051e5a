const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const name = `${timeZone} ${JSON.stringify(options)}`
  const known = formats.get(name)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, ...options })
  formats.set(name, made)
  return made
}

const textOf = (moment: string | number, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  formatOf(timeZone, options).format(new Date(moment))

const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const date = { weekday: 'short', day: 'numeric', month: 'short' } as const

/** `18:05`. */
export const timeText = (moment: string | number, timeZone: string): string => textOf(moment, timeZone, time)

/** `18:05:30`. */
export const secondText = (moment: string | number, timeZone: string): string =>
  textOf(moment, timeZone, { ...time, second: '2-digit' })

/** `Mon 23 Nov`, with the year where it is not this one. */
export const dateText = (moment: string | number, timeZone: string, now: number): string => {
  const year = { year: 'numeric' } as const
  const sameYear = textOf(moment, timeZone, year) === textOf(now, timeZone, year)
  return textOf(moment, timeZone, sameYear ? date : { ...date, ...year }).replace(',', '')
}

/** `Mon 23 Nov, 18:05`. */
export const momentText = (moment: string | number, timeZone: string, now: number): string =>
  `${dateText(moment, timeZone, now)}, ${timeText(moment, timeZone)}`

/** The zone's name for people beside its id: `Europe/Berlin (GMT+1)`. */
export const zoneText = (timeZone: string, now: number): string => {
  const parts = formatOf(timeZone, { timeZoneName: 'shortOffset' }).formatToParts(new Date(now))
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return offset === timeZone || offset === '' ? timeZone : `${timeZone.replaceAll('_', ' ')} (${offset})`
}
