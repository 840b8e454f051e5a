import type { SalesStep } from '@venuekit/core/contracts'
import { zoneText } from '../format/clockText.ts'
import { useStore } from '../model/useStore.ts'
import { SalesPlots } from '../plot/SalesPlots.tsx'
import { isStale } from './Freshness.tsx'
import { Outdated } from './Outdated.tsx'
import { Panel } from './Panel.tsx'
import { useClock, useModel, useServerNow } from './pageContext.ts'

const steps: { step: SalesStep; text: string }[] = [
  { step: 'minutes', text: '6 hours' },
  { step: 'hour', text: '3 days' },
  { step: 'day', text: '60 days' },
]

const StepChoice = () => {
  const model = useModel()
  const chosen = useStore(model.step)
  return (
    <fieldset class="choice">
      <legend class="unseen">How far back</legend>
      {steps.map(({ step, text }) => (
        <label key={step}>
          <input type="radio" name="step" checked={step === chosen} onChange={() => model.showStep(step)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Sales over time, of all events or of the one that is selected. */
export const SalesPanel = ({ title }: { title: string }) => {
  const model = useModel()
  const watched = useStore(model.sales.store)
  const now = useServerNow()
  const stale = isStale(watched, useClock())
  const { data, failure } = watched
  return (
    <Panel id="sales" title={title} aside={<StepChoice />}>
      <Outdated watched={watched} />
      <div class={`sales ${stale ? 'is-old' : ''}`} aria-busy={data === null}>
        {data ? <SalesPlots sales={data} now={now} /> : <p class="empty">{failure ? failure.message : 'Loading …'}</p>}
      </div>
      {data && <p class="hint">Times are of {zoneText(data.timeZone, now)}. The last bar still fills.</p>}
    </Panel>
  )
}
