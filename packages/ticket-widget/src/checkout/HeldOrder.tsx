import type { Extending, Held, Paying, Releasing, Resuming } from '../flow/flowState.ts'
import { Button } from '../view/Button.tsx'
import type { Ui } from '../view/Ui.ts'
import { busyText } from './busyText.ts'
import { countdown } from './countdown.ts'
import { FailureBanner } from './FailureBanner.tsx'
import { MoreTime } from './MoreTime.tsx'
import { OrderLines } from './OrderLines.tsx'
import { PayingLink } from './PayingLink.tsx'

const causes = { cancelled: 'heldCancelled', stored: 'heldStored', elsewhere: 'heldElsewhere' } as const

/** An order that holds places and waits for its payment. */
export const HeldOrder = ({ ui, state }: { ui: Ui; state: Held | Extending | Resuming | Releasing | Paying }) => {
  const { order, secondsLeft } = state.hold
  const busy = busyText(ui, state)
  return (
    <div class="held" tabIndex={-1} data-focus="held">
      <h3>{ui.text('heldTitle')}</h3>
      <p class="muted">{ui.text(state.cause ? causes[state.cause] : 'heldStored')}</p>
      {secondsLeft !== null && (
        <p class="timer" part="timer" role="timer">
          {ui.text('timeLeft', { time: countdown(secondsLeft, ui.locale) })}
        </p>
      )}
      <OrderLines
        ui={ui}
        total={order.total}
        lines={order.items.map(item => ({ ...item, id: `${item.line}`, name: item.tierName }))}
      />
      {(state.at === 'held' || state.at === 'extending') && <MoreTime ui={ui} state={state} />}
      {state.at === 'held' && state.failure && <FailureBanner ui={ui} failure={state.failure} />}
      <div class="actions">
        <Button
          kind="primary"
          busy={busy !== null}
          muted={state.at === 'extending'}
          onClick={() => ui.dispatch({ type: 'resumed' })}
        >
          {busy ?? ui.text('resume', { total: ui.money(order.total) })}
        </Button>
        {state.at === 'paying' ? (
          <PayingLink ui={ui} url={state.url} />
        ) : (
          <Button
            kind="quiet"
            muted={busy !== null || state.at === 'extending'}
            onClick={() => ui.dispatch({ type: 'released' })}
          >
            {ui.text('release')}
          </Button>
        )}
      </div>
    </div>
  )
}
