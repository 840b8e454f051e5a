import { secondText } from '../format/clockText.ts'
import type { Watched } from '../model/Watch.ts'
import { isStale } from './Freshness.tsx'
import { useClock, useTimeZone } from './pageContext.ts'

/** Says of one part of the page that its figures are of an earlier moment, and why. */
export const Outdated = ({ watched }: { watched: Watched<unknown> }) => {
  const stale = isStale(watched, useClock())
  const timeZone = useTimeZone()
  const { confirmedAt, failure } = watched
  if (!stale || confirmedAt === null) return null
  return (
    <p class="outdated">
      As of {secondText(confirmedAt, timeZone)}. {failure?.message}
    </p>
  )
}
