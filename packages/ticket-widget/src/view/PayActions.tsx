import { cartTotal, placesIn } from '../cart.ts'
import { Button } from './Button.tsx'
import type { FormState } from './formState.ts'
import type { Ui } from './Ui.ts'

/** The one button, and a line beneath it. */
export const PayActions = ({ ui, state }: { ui: Ui; state: FormState }) => {
  const { event, cart } = state
  const places = placesIn(cart)
  const total = cartTotal(event, cart)
  const choosing = state.at === 'choosing'
  const label = () => {
    if (!choosing) return ui.checkout?.busyText(ui, state) ?? ui.text('reserving')
    if (places === 0) return ui.text('chooseFirst')
    return total.amountMinor === 0
      ? ui.text('getTickets', { count: places })
      : ui.text('pay', { total: ui.money(total) })
  }
  return (
    <div class="actions">
      <Button kind="primary" submit busy={!choosing} muted={places === 0}>
        {label()}
      </Button>
      {ui.checkout?.formNote(ui, state) ?? (
        <p class="muted small note">{places > 0 && total.amountMinor > 0 ? ui.text('payNote') : ''}</p>
      )}
    </div>
  )
}
