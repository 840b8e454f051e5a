import type { PayingHere } from '../flow/flowState.ts'
import { Button } from '../view/Button.tsx'
import type { Ui } from '../view/Ui.ts'
import { countdown } from './countdown.ts'
import { OrderLines } from './OrderLines.tsx'

/** The order, and below it the gateway's own form: a child of the element, since Stripe does not run in shadow roots. */
export const PaymentForm = ({ ui, state }: { ui: Ui; state: PayingHere }) => {
  const { order, secondsLeft } = state.hold
  return (
    <div class="held" tabIndex={-1} data-focus="payment">
      <h3>{ui.text('payHereTitle')}</h3>
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
      <div class="payment" part="payment">
        <slot name="payment">
          <div class="panel">
            <span class="spinner big" aria-hidden="true" />
            <p class="muted">{ui.text('payHereLoading')}</p>
          </div>
        </slot>
      </div>
      <div class="actions">
        <Button kind="quiet" onClick={() => ui.dispatch({ type: 'released' })}>
          {ui.text('release')}
        </Button>
      </div>
    </div>
  )
}
