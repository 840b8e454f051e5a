import { cartTotal, placesIn } from '../cart.ts'
import type { FlowState } from '../flow/flowState.ts'
import type { Ui } from './Ui.ts'

/** The minutes at which a listener is told how long the places are held; a clock that speaks each second is noise. */
const spokenMinutes = [1, 2, 5, 10, 20, 30]

/** What a screen reader says without being asked; titles that take the focus speak for themselves. */
export const announcement = (ui: Ui, state: FlowState): string => {
  if (state.at === 'loading') return ui.text('loading')
  if (state.at === 'reserving' || state.at === 'refreshing' || state.at === 'releasing') return ui.text(state.at)
  if (state.at === 'paying' || state.at === 'resuming') return ui.text('paying')
  if (state.at === 'held') return timeLeft(ui, state.hold.secondsLeft)
  if (state.at !== 'choosing') return ''
  const count = placesIn(state.cart)
  return count === 0
    ? ''
    : `${ui.text('ticketCount', { count })}, ${ui.text('total')} ${ui.money(cartTotal(state.event, state.cart))}`
}

const timeLeft = (ui: Ui, secondsLeft: number | null): string => {
  if (secondsLeft === null) return ''
  const minutes = Math.ceil(secondsLeft / 60)
  const count = spokenMinutes.find(each => minutes <= each)
  return count === undefined ? '' : ui.text('timeLeftSpoken', { count })
}
