import type { FlowState } from '../flow/flowState.ts'
import type { Ui } from '../view/Ui.ts'
import { busyText } from './busyText.ts'

/** The minutes at which a listener is told how long the places are held; a clock that speaks each second is noise. */
const spokenMinutes = [1, 2, 5, 10, 20, 30]

export const checkoutAnnouncement = (ui: Ui, state: FlowState): string =>
  state.at === 'held' ? timeLeft(ui, state.hold.secondsLeft) : (busyText(ui, state) ?? '')

const timeLeft = (ui: Ui, secondsLeft: number | null): string => {
  if (secondsLeft === null) return ''
  const minutes = Math.ceil(secondsLeft / 60)
  const count = spokenMinutes.find(each => minutes <= each)
  return count === undefined ? '' : ui.text('timeLeftSpoken', { count })
}
