import { InvalidArgumentError } from '@commander-js/extra-typings'

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id of ours, read in capitals too. */
export const uuidOption = (text: string): string => {
  const id = text.toLowerCase()
  if (uuidShape.test(id)) return id
  throw new InvalidArgumentError('It must be a UUID.')
}

/** For options that may be given several times. */
export const uuidsOption = (text: string, before: string[] | undefined): string[] => [
  ...(before ?? []),
  uuidOption(text),
]

export const numberOption =
  (minimum: number, maximum: number) =>
  (text: string): number => {
    const number = Number(text)
    if (/^\d+$/.test(text) && number >= minimum && number <= maximum) return number
    throw new InvalidArgumentError(`It must be a whole number from ${minimum} to ${maximum}.`)
  }

/** Where something answers: a path may stand behind the host, nothing else. */
export const urlOption = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol) && url.search + url.hash + url.username + url.password === '') return text
  throw new InvalidArgumentError('It must be an address such as https://api.venue.example.')
}

/** A day that the calendar has: `Date` makes the 2nd of March of the 30th of February. */
const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** A date, or a moment with its zone: without one it would mean another time on each machine. None before 1970. */
export const momentOption = (text: string): string => {
  const known = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const time = new Date(text)
  if (known && isDay(text.slice(0, 10)) && time.getTime() >= 0) return time.toISOString()
  throw new InvalidArgumentError('It must be a date such as 2026-11-23, or a time with its zone, 2026-11-23T18:00Z.')
}

/** Where files go: an empty one, as of a variable that is not set, would be the folder of the call. */
export const folderOption = (text: string): string => {
  if (text.trim() !== '') return text
  throw new InvalidArgumentError('Name a folder.')
}

/** Who does it, for the record. */
export const actorOption = (text: string): string => {
  const actor = text.trim()
  if (actor !== '' && actor.length <= 120 && !/\p{Cc}/u.test(actor)) return actor
  throw new InvalidArgumentError('Say who does it, in one line of at most 120 characters.')
}
