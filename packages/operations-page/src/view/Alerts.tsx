import type { Operations, OperationsAlert } from '@venuekit/core/contracts'
import { countText } from '../format/countText.ts'
import { Age } from './Age.tsx'
import { Command } from './Command.tsx'
import { Mark } from './Mark.tsx'
import { Panel } from './Panel.tsx'
import { useModel } from './pageContext.ts'

const Open = ({ alert }: { alert: OperationsAlert }) => {
  const model = useModel()
  const { eventId } = alert
  return (
    <li class={`alert is-${alert.severity}`}>
      <Mark kind="attention" />
      <details>
        <summary>
          <span class="alert-title">{alert.title}</span>
          <span class="aside">
            <Age since={alert.raisedAt} suffix="" />
          </span>
          <span class="alert-summary" dir="auto">
            {alert.summary}
          </span>
        </summary>
        <p>{alert.meaning}</p>
        <Command text={alert.command} />
        <p class="hint">
          Seen {alert.seenCount === 1 ? 'once' : `${countText(alert.seenCount)} times`}, last{' '}
          <Age since={alert.seenAt} />. {!alert.delivered && 'No sink has been told of it yet. '}
          {eventId && (
            <button type="button" class="link" onClick={() => model.select(eventId)}>
              Show the event
            </button>
          )}
        </p>
      </details>
    </li>
  )
}

const Resolved = ({ alerts }: { alerts: OperationsAlert[] }) => (
  <details class="more">
    <summary>Lately over ({alerts.length})</summary>
    <ul class="lines">
      {alerts.map(alert => (
        <li key={alert.fingerprint}>
          <span>
            {alert.title}
            <span class="hint"> {alert.summary}</span>
          </span>
          <span class="aside">
            {alert.once ? 'told ' : 'resolved '}
            {alert.resolvedAt && <Age since={alert.resolvedAt} />}
          </span>
        </li>
      ))}
    </ul>
  </details>
)

export const Alerts = ({ alerts }: Pick<Operations, 'alerts'>) => (
  <Panel id="alerts" title="Alerts" aside={<span class="count">{countText(alerts.openCount)} open</span>}>
    {alerts.open.length === 0 ? (
      <p class="empty">No alert is open.</p>
    ) : (
      <ul class="alerts">
        {alerts.open.map(alert => (
          <Open key={alert.fingerprint} alert={alert} />
        ))}
      </ul>
    )}
    {alerts.openCount > alerts.open.length && (
      <p class="hint">
        The newest {alerts.open.length} of {countText(alerts.openCount)} are shown.
      </p>
    )}
    {alerts.resolved.length > 0 && <Resolved alerts={alerts.resolved} />}
  </Panel>
)
