import type { SalesBucket, SalesStep } from '@venuekit/core/contracts'
import { dateText, timeText } from '../format/clockText.ts'

export interface TimeTick {
  index: number
  text: string
  /** Begins a day. */
  strong: boolean
}

const isMidnight = (moment: string, timeZone: string): boolean => timeText(moment, timeZone) === '00:00'

const shortDate = (moment: string, timeZone: string): string =>
  dateText(moment, timeZone, Date.parse(moment)).replace(/^\w+ /, '')

/** Whether a tick may stand at the bucket, and what it says. */
const tickText: Record<SalesStep, (moment: string, timeZone: string) => { text: string; strong: boolean } | null> = {
  minutes: (moment, timeZone) => {
    const text = timeText(moment, timeZone)
    if (!text.endsWith(':00')) return null
    return text === '00:00' ? { text: shortDate(moment, timeZone), strong: true } : { text, strong: false }
  },
  hour: (moment, timeZone) => {
    if (isMidnight(moment, timeZone)) return { text: dateText(moment, timeZone, Date.parse(moment)), strong: true }
    const text = timeText(moment, timeZone)
    return /^(06|12|18):/.test(text) ? { text, strong: false } : null
  },
  day: (moment, timeZone) => {
    const text = shortDate(moment, timeZone)
    return { text, strong: text.startsWith('1 ') }
  },
}

/** Ticks that have room: days before hours, the newest first, none closer to another than `leastSlots`. */
export const timeTicks = (
  buckets: readonly SalesBucket[],
  { step, timeZone, leastSlots }: { step: SalesStep; timeZone: string; leastSlots: number },
): TimeTick[] => {
  const possible = buckets.flatMap(({ startsAt }, index) => {
    const tick = tickText[step](startsAt, timeZone)
    return tick ? [{ index, ...tick }] : []
  })
  const taken: TimeTick[] = []
  // The last one needs room for its text.
  const last = buckets.length - leastSlots
  for (const tick of [...possible.filter(({ strong }) => strong), ...possible.reverse()]) {
    if (tick.index > last) continue
    if (taken.every(({ index }) => Math.abs(index - tick.index) >= leastSlots)) taken.push(tick)
  }
  return taken.sort((left, right) => left.index - right.index)
}
