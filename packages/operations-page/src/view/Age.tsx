import { ageText } from '../format/ageText.ts'
import { momentText } from '../format/clockText.ts'
import { useServerNow, useTimeZone } from './pageContext.ts'

/** How long ago a moment was; the moment itself for who points at it. */
export const Age = ({ since, suffix = ' ago' }: { since: string; suffix?: string }) => {
  const now = useServerNow()
  const timeZone = useTimeZone()
  return (
    <time dateTime={since} title={momentText(since, timeZone, now)}>
      {`${ageText(now - Date.parse(since))}${suffix}`}
    </time>
  )
}
