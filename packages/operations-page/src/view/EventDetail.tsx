import type { OperationsEventResponse } from '@venuekit/core/contracts'
import { useEffect, useRef } from 'preact/hooks'
import type { PageFailure } from '../client/PageFailure.ts'
import { momentText, zoneText } from '../format/clockText.ts'
import { countText } from '../format/countText.ts'
import { useStore } from '../model/useStore.ts'
import { Age } from './Age.tsx'
import { isStale } from './Freshness.tsx'
import { HealthParts } from './HealthParts.tsx'
import { Mark } from './Mark.tsx'
import { Outdated } from './Outdated.tsx'
import { Panel } from './Panel.tsx'
import { useClock, useModel, useServerNow, useTimeZone } from './pageContext.ts'
import { SalesPanel } from './SalesPanel.tsx'
import { TierBars } from './TierBars.tsx'

const Findings = ({ findings }: Pick<OperationsEventResponse, 'findings'>) => (
  <details class="more">
    <summary>What was found ({countText(findings.length)})</summary>
    <ul class="findings">
      {findings.map(({ kind, sentence, orderId }) => (
        <li key={`${kind} ${orderId ?? ''} ${sentence}`}>{sentence}</li>
      ))}
    </ul>
  </details>
)

const Health = ({ found }: { found: OperationsEventResponse }) => {
  const { health } = found.event
  const bad = health !== null && health.score > 0
  return (
    <Panel
      id="event-health"
      title="Health"
      aside={
        <span class="count">
          {health && (
            <>
              score {countText(health.score)}, looked at <Age since={health.checkedAt} />
            </>
          )}
        </span>
      }
    >
      {bad ? (
        <HealthParts parts={health.parts} />
      ) : (
        <p class="line">
          <Mark kind="well" /> <span>Nothing is wrong with this event.</span>
        </p>
      )}
      {found.findings.length > 0 && <Findings findings={found.findings} />}
    </Panel>
  )
}

const Tiers = ({ found }: { found: OperationsEventResponse }) => (
  <Panel id="event-tiers" title="Tiers">
    {found.event.tiers.length === 0 ? (
      <p class="empty">This event has no tier: nothing can be sold.</p>
    ) : (
      <TierBars tiers={found.event.tiers} label="Tiers" />
    )}
    {found.pools.length > 0 && (
      <>
        <h3>Shared pools</h3>
        <TierBars tiers={found.pools} label="Pools" />
      </>
    )}
  </Panel>
)

/** Of an event that cannot be shown: one that is there must not read as gone. */
const headingOf = ({ kind }: PageFailure): string => (kind === 'not_found' ? 'No such event' : 'Not to be read now')

/** One event with its own plots and parts. */
export const EventDetail = () => {
  const model = useModel()
  const watched = useStore(model.event.store)
  const now = useServerNow()
  const timeZone = useTimeZone()
  const stale = isStale(watched, useClock())
  const heading = useRef<HTMLHeadingElement>(null)
  const { data, failure } = watched
  useEffect(() => heading.current?.focus(), [])
  return (
    <div class={`detail ${stale ? 'is-old' : ''}`}>
      <div class="detail-head">
        <button type="button" class="back" onClick={() => model.select(null)}>
          <span aria-hidden="true" class="back-arrow" /> All events
        </button>
        <h2 class="detail-name" dir="auto" ref={heading} tabIndex={-1}>
          {data?.event.name ?? (failure ? headingOf(failure) : 'Loading …')}
        </h2>
        {data && (
          <p class="hint">
            {momentText(data.event.startsAt, timeZone, now)}, {zoneText(timeZone, now)}
            {data.event.status !== 'scheduled' && <span class="tag">{data.event.status}</span>}
            {data.event.over && data.event.status === 'scheduled' && <span class="tag">over</span>}
            <code class="detail-id">{data.event.id}</code>
          </p>
        )}
        <Outdated watched={watched} />
        {failure && !data && failure.kind !== 'not_found' && <p class="fault">{failure.message}</p>}
      </div>
      {data && (
        <div class="detail-columns">
          <Health found={data} />
          <Tiers found={data} />
        </div>
      )}
      {!(failure && !data) && <SalesPanel title="Sales of this event" />}
    </div>
  )
}
