import type { Sales } from '@venuekit/core/contracts'
import { dateText, momentText, timeText } from '../format/clockText.ts'

/** When a bucket was, such as `Mon 23 Nov, 18:00–19:00`. */
export const bucketText = ({ buckets, step, timeZone }: Sales, index: number, now: number): string => {
  const start = buckets[index]?.startsAt
  if (start === undefined) return ''
  if (step === 'day')
    return index === buckets.length - 1 ? `${dateText(start, timeZone, now)}, so far` : dateText(start, timeZone, now)
  const next = buckets[index + 1]?.startsAt
  const end = next === undefined ? 'now' : timeText(next, timeZone)
  return `${momentText(start, timeZone, now)}–${end}`
}
