import type { OperationsReconciliation } from '@venuekit/core/contracts'
import { momentText } from '../format/clockText.ts'
import { countedText, countText } from '../format/countText.ts'
import { Age } from './Age.tsx'
import { Mark } from './Mark.tsx'
import { Panel } from './Panel.tsx'
import { useServerNow, useTimeZone } from './pageContext.ts'

const Run = ({ run }: { run: OperationsReconciliation }) => {
  const now = useServerNow()
  const timeZone = useTimeZone()
  const flagged = run.flagged > 0
  return (
    <>
      <p class="line">
        <Mark kind={flagged ? 'attention' : run.status === 'running' ? 'quiet' : 'well'} />
        <span>
          {flagged
            ? `${countedText(run.flagged, 'difference')} for a person`
            : run.status === 'running'
              ? 'At it now'
              : 'Both books agree'}
        </span>
        <span class="aside">
          <Age since={run.finishedAt ?? run.startedAt} />
        </span>
      </p>
      <p class="hint">
        {momentText(run.from, timeZone, now)} to {momentText(run.until, timeZone, now)}: {countText(run.read)} read,{' '}
        {countText(run.mended)} mended.
      </p>
      {run.findings.length > 0 && (
        <ul class="differences">
          {run.findings.map(({ kind, subject }) => (
            <li key={`${kind} ${subject}`}>
              <span>{kind.replaceAll('_', ' ')}</span>
              <code dir="ltr">{subject}</code>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** The last comparison with the gateway's books. */
export const Reconciliation = ({ run }: { run: OperationsReconciliation | null }) => (
  <Panel id="reconciliation" title="Reconciliation">
    {run ? <Run run={run} /> : <p class="empty">Not compared with the gateway yet: the first run is at 02:00.</p>}
  </Panel>
)
