import { secondText } from '../format/clockText.ts'
import { useStore } from '../model/useStore.ts'
import type { Watched } from '../model/Watch.ts'
import { isStale } from './Freshness.tsx'
import { useClock, useModel, useTimeZone } from './pageContext.ts'

/** Says of one part of the page that its figures are old, and why; where all of it is old, the bar above says so. */
export const Outdated = ({ watched }: { watched: Watched<unknown> }) => {
  const { overview } = useModel()
  const whole = useStore(overview.store)
  const now = useClock()
  const timeZone = useTimeZone()
  const { confirmedAt, failure } = watched
  if (confirmedAt === null || !isStale(watched, now) || isStale(whole, now)) return null
  return (
    <p class="outdated">
      As of {secondText(confirmedAt, timeZone)}. {failure?.message}
    </p>
  )
}
