import { cartTotal, placesIn } from '../cart.ts'
import type { FlowState } from '../flow/flowState.ts'
import type { Ui } from './Ui.ts'

/** What a screen reader says without being asked; titles that take the focus speak for themselves. */
export const announcement = (ui: Ui, state: FlowState): string => {
  if (state.at === 'loading') return ui.text('loading')
  const said = ui.checkout?.announcement(ui, state) ?? ''
  if (said || state.at !== 'choosing') return said
  const count = placesIn(state.cart)
  return count === 0
    ? ''
    : `${ui.text('ticketCount', { count })}, ${ui.text('total')} ${ui.money(cartTotal(state.event, state.cart))}`
}
