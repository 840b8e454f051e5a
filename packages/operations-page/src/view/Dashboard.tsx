import { useEffect, useRef } from 'preact/hooks'
import { useStore } from '../model/useStore.ts'
import { Alerts } from './Alerts.tsx'
import { EventDetail } from './EventDetail.tsx'
import { Events } from './Events.tsx'
import { isStale, StaleBar } from './Freshness.tsx'
import { Header } from './Header.tsx'
import { Jobs } from './Jobs.tsx'
import { useClock, useModel } from './pageContext.ts'
import { Queues } from './Queues.tsx'
import { Reconciliation } from './Reconciliation.tsx'
import { SalesPanel } from './SalesPanel.tsx'
import { Summary } from './Summary.tsx'

/** Whoever comes back from an event goes on at its row, or at the list where it is not on show any more. */
const useWayBack = (selected: string | null): void => {
  const before = useRef(selected)
  useEffect(() => {
    if (selected === null && before.current !== null) {
      const row = document.querySelector<HTMLElement>(`[data-event="${before.current}"] button`)
      ;(row ?? document.getElementById('events'))?.focus()
    }
    before.current = selected
  }, [selected])
}

interface DashboardProps {
  /** True where it stands in the place of the door: whoever came by the keyboard goes on at its heading. */
  takesFocus: boolean
}

/** The whole page of somebody who is signed in. */
export const Dashboard = ({ takesFocus }: DashboardProps) => {
  const model = useModel()
  const watched = useStore(model.overview.store)
  const selected = useStore(model.selected)
  const stale = isStale(watched, useClock())
  useWayBack(selected)
  const { data } = watched
  return (
    <>
      <Header takesFocus={takesFocus} />
      <StaleBar />
      <main class={stale ? 'is-old' : ''}>
        {data && <Summary overview={data} stale={stale} />}
        <div class="columns">
          <div class="wide">
            {selected === null ? (
              <>
                <SalesPanel title="Sales" />
                <Events />
              </>
            ) : (
              <EventDetail key={selected} />
            )}
          </div>
          {data && (
            <div class="narrow">
              <Alerts alerts={data.alerts} />
              <Queues inbox={data.inbox} outbox={data.outbox} refunds={data.refunds} />
              <Jobs jobs={data.jobs} />
              <Reconciliation run={data.reconciliation} />
            </div>
          )}
        </div>
      </main>
    </>
  )
}
