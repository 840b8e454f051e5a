import type { OperationsEventFilter, OperationsEventOrder } from '@venuekit/core/contracts'
import { useRef } from 'preact/hooks'
import { countedText } from '../format/countText.ts'
import { useStore } from '../model/useStore.ts'
import { EventRow } from './EventRow.tsx'
import { isStale } from './Freshness.tsx'
import { Outdated } from './Outdated.tsx'
import { Panel } from './Panel.tsx'
import { useClock, useModel } from './pageContext.ts'

const filters: Record<OperationsEventFilter, string> = {
  all: 'All',
  attention: 'Not well',
  coming: 'On sale or to come',
  over: 'Over or cancelled',
}

const orders: Record<OperationsEventOrder, string> = {
  score: 'Least healthy first',
  starts: 'Next show first',
  sold: 'Fullest first',
  name: 'By name',
}

const searchDelayMs = 250

const optionsOf = (texts: Record<string, string>) =>
  Object.entries(texts).map(([value, text]) => (
    <option key={value} value={value}>
      {text}
    </option>
  ))

const Choice = () => {
  const model = useModel()
  const { filter, order } = useStore(model.choice)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const search = (text: string) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => model.choose({ search: text.trim().slice(0, 200) }), searchDelayMs)
  }
  return (
    <search class="event-choice">
      <label>
        <span class="unseen">Search events</span>
        <input
          type="search"
          placeholder="Search by name or id"
          maxLength={200}
          onInput={event => search(event.currentTarget.value)}
        />
      </label>
      <label>
        <span class="unseen">Which events</span>
        <select
          value={filter}
          onChange={event => model.choose({ filter: event.currentTarget.value as OperationsEventFilter })}
        >
          {optionsOf(filters)}
        </select>
      </label>
      <label>
        <span class="unseen">In which order</span>
        <select
          value={order}
          onChange={event => model.choose({ order: event.currentTarget.value as OperationsEventOrder })}
        >
          {optionsOf(orders)}
        </select>
      </label>
    </search>
  )
}

const Pages = ({ nextCursor, total, shown }: { nextCursor: string | null; total: number; shown: number }) => {
  const model = useModel()
  const { cursors } = useStore(model.choice)
  if (cursors.length === 0 && nextCursor === null) return null
  return (
    <nav class="pages" aria-label="Pages of events">
      <button type="button" disabled={cursors.length === 0} onClick={() => model.turnPage(cursors.slice(0, -1))}>
        Earlier
      </button>
      <span>
        Page {cursors.length + 1}, {shown} of {countedText(total, 'event')}
      </span>
      <button
        type="button"
        disabled={nextCursor === null}
        onClick={() => nextCursor !== null && model.turnPage([...cursors, nextCursor])}
      >
        Further
      </button>
    </nav>
  )
}

const emptyText = (hasSearch: boolean, filter: OperationsEventFilter): string => {
  if (hasSearch) return 'No event fits the search.'
  if (filter === 'attention') return 'Every event that was looked at is well.'
  return filter === 'all' ? 'No event yet. The first one: venuekit init, or POST /v1/admin/events.' : 'No event is so.'
}

/** The events, the least healthy first. */
export const Events = () => {
  const model = useModel()
  const watched = useStore(model.events.store)
  const { search, filter } = useStore(model.choice)
  const stale = isStale(watched, useClock())
  const { data, failure } = watched
  return (
    <Panel id="events" title="Events" aside={data && <span class="count">{countedText(data.total, 'event')}</span>}>
      <Choice />
      <Outdated watched={watched} />
      <div class={stale ? 'is-old' : ''} aria-busy={data === null}>
        {!data && <p class="empty">{failure ? failure.message : 'Loading …'}</p>}
        {data && data.items.length === 0 && <p class="empty">{emptyText(search !== '', filter)}</p>}
        {data && data.items.length > 0 && (
          <ul class="events">
            {data.items.map(event => (
              <EventRow key={event.id} event={event} />
            ))}
          </ul>
        )}
      </div>
      {data && <Pages nextCursor={data.nextCursor} total={data.total} shown={data.items.length} />}
    </Panel>
  )
}
