import type { Operations } from '@venuekit/core/contracts'
import { countedText, countText, shareText } from '../format/countText.ts'
import { moneyListText } from '../format/moneyText.ts'
import { Mark, type MarkKind } from './Mark.tsx'

interface ReasonWords {
  text: (amount: number) => string
  /** The panel that tells more. */
  panel: string
}

const reasonWords: Record<string, ReasonWords> = {
  health: { text: amount => `${countedText(amount, 'event')} not well`, panel: 'events' },
  alerts: { text: amount => `${countedText(amount, 'open alert')}`, panel: 'alerts' },
  refunds_to_review: { text: amount => `${countedText(amount, 'refund')} to decide`, panel: 'queues' },
  dead_webhooks: { text: amount => `${countedText(amount, 'gateway event')} given up`, panel: 'queues' },
  dead_messages: { text: amount => `${countedText(amount, 'message')} given up`, panel: 'queues' },
  failed_jobs: { text: amount => `${countedText(amount, 'job')} failed`, panel: 'jobs' },
  stale_jobs: { text: amount => `${countedText(amount, 'job')} overdue`, panel: 'jobs' },
  unchecked_events: { text: amount => `${countedText(amount, 'event')} not looked at`, panel: 'jobs' },
}

const wordsOf = (kind: string): ReasonWords =>
  reasonWords[kind] ?? { text: amount => `${kind.replaceAll('_', ' ')}: ${countText(amount)}`, panel: 'alerts' }

const goTo = (panel: string) => (event: Event) => {
  event.preventDefault()
  const target = document.getElementById(panel)
  target?.scrollIntoView({ block: 'start' })
  target?.focus({ preventScroll: true })
}

const Reasons = ({ reasons }: Pick<Operations, 'reasons'>) => (
  <ul class="reasons">
    {reasons.map(({ kind, amount }) => {
      const { text, panel } = wordsOf(kind)
      return (
        <li key={kind}>
          <a href={`#${panel}`} onClick={goTo(panel)}>
            {text(amount)}
          </a>
        </li>
      )
    })}
  </ul>
)

const Figure = ({ label, value, detail }: { label: string; value: string; detail: string }) => (
  <div class="figure">
    <dt>{label}</dt>
    <dd>
      <span class="figure-value">{value}</span>
      <span class="figure-detail">{detail}</span>
    </dd>
  </div>
)

/** What was so some time ago is not said of now. */
const words: Record<Operations['state'], { now: string; past: string }> = {
  well: { now: 'All is well', past: 'All was well' },
  attention: { now: 'Needs you', past: 'Needed you' },
}

const markOf = (state: Operations['state'], stale: boolean): MarkKind => {
  if (state === 'attention') return 'attention'
  return stale ? 'quiet' : 'well'
}

/** How it stands, in one glance. */
export const Summary = ({ overview, stale }: { overview: Operations; stale: boolean }) => {
  const { state, reasons, places, refunds, health } = overview
  const empty = health.events === 0
  return (
    <section class={`summary is-${state}`} aria-label="Overall state">
      <div class="summary-state">
        <Mark kind={markOf(state, stale)} />
        <div>
          <p class="summary-word" role="status">
            {words[state][stale ? 'past' : 'now']}
          </p>
          {state === 'well' ? (
            <p class="summary-note">
              {empty ? 'Nothing is on sale yet.' : `${countedText(health.events, 'event')}, nothing wrong with any.`}
            </p>
          ) : (
            <Reasons reasons={reasons} />
          )}
        </div>
      </div>
      <dl class="figures">
        <Figure
          label="Sold"
          value={countText(places.issued)}
          detail={
            places.capacity === 0
              ? 'no places yet'
              : `${shareText(places.issued, places.capacity)} of ${countText(places.capacity)} places`
          }
        />
        <Figure label="Reserved now" value={countText(places.reserved)} detail="on the way to paying" />
        <Figure
          label="Refunds under way"
          value={countText(refunds.underWay)}
          detail={refunds.underWay === 0 ? 'none' : moneyListText(refunds.amounts)}
        />
      </dl>
    </section>
  )
}
