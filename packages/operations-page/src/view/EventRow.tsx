import type { OperationsEvent } from '@venuekit/core/contracts'
import { momentText } from '../format/clockText.ts'
import { countText, shareText } from '../format/countText.ts'
import { Mark } from './Mark.tsx'
import { useModel, useServerNow, useTimeZone } from './pageContext.ts'
import { PlaceBar } from './TierBars.tsx'

const statusText = ({ status, over }: OperationsEvent): string | null => {
  if (status === 'cancelled') return 'cancelled'
  if (over) return 'over'
  return status === 'paused' ? 'paused' : null
}

const Score = ({ health }: Pick<OperationsEvent, 'health'>) => {
  if (!health) return <span class="score">not looked at yet</span>
  const bad = health.score > 0
  return (
    <span class={`score ${bad ? 'is-bad' : ''}`}>
      <Mark kind={bad ? 'attention' : 'well'} />
      {bad ? health.parts.map(({ title, amount }) => `${title.toLowerCase()} ${countText(amount)}`).join(', ') : 'well'}
    </span>
  )
}

export const EventRow = ({ event }: { event: OperationsEvent }) => {
  const model = useModel()
  const now = useServerNow()
  const timeZone = useTimeZone()
  const state = statusText(event)
  return (
    <li class="event" data-event={event.id}>
      <button type="button" class="event-name" dir="auto" onClick={() => model.select(event.id)}>
        {event.name}
      </button>
      <span class="event-when">
        {momentText(event.startsAt, timeZone, now)}
        {state && <span class="tag">{state}</span>}
      </span>
      <span class="event-count">
        {countText(event.issued)} of {countText(event.capacity)}
        <span class="hint">
          {' '}
          {shareText(event.issued, event.capacity)}
          <span class="unseen">, {countText(event.reserved)} reserved</span>
        </span>
      </span>
      <PlaceBar {...event} />
      <Score health={event.health} />
    </li>
  )
}
