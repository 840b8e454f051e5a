import { useEffect, useState } from 'preact/hooks'
import { absoluteTime, relativeTime } from '../relativeTime.ts'
import { useFeed } from './feedContext.ts'

/** How long ago, kept up to date by the feed's one timer; the exact time on hover and for machines. */
export const PostTime = ({ instant }: { instant: string }) => {
  const { locale, messages, ticker } = useFeed()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => ticker.subscribe(() => setNow(Date.now())), [ticker])
  return (
    <time class="time" part="time" dateTime={instant} title={absoluteTime(instant, locale)}>
      {relativeTime(instant, now, locale) ?? messages.now}
    </time>
  )
}
