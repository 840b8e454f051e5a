import type { FlowState, Held } from '../flow/flowState.ts'
import type { Ui } from '../view/Ui.ts'
import { busyText } from './busyText.ts'
import { isShort } from './extension.ts'
import { mailText } from './mailText.ts'
import { noticeWords } from './NoticeBanner.tsx'

/** The minutes at which a listener is told how long the places are held; a clock that speaks each second is noise. */
const spokenMinutes = [1, 2, 5, 10, 20, 30]

export const checkoutAnnouncement = (ui: Ui, state: FlowState): string => {
  if (state.at === 'held') return heldText(ui, state)
  if (state.at === 'payingHere') return timeLeft(ui, state.hold.secondsLeft)
  if (state.at === 'done') return mailText(ui, state) ?? ''
  if (state.at !== 'choosing') return busyText(ui, state) ?? ''
  const { notice, event, cart } = state
  return notice?.quiet ? noticeWords(ui, notice, event, cart).join('. ') : ''
}

/** Time that was given or refused is told once; else the last minutes say what can be done. */
const heldText = (ui: Ui, { extension, hold }: Held): string => {
  if (extension?.result === 'given') return ui.text('extended', { count: extension.minutes })
  if (extension) return ui.text(extension.result === 'refused' ? 'extendRefused' : 'extendFailed')
  const left = timeLeft(ui, hold.secondsLeft)
  return isShort({ hold }) ? `${left} ${ui.text('timeShortText')}` : left
}

const timeLeft = (ui: Ui, secondsLeft: number | null): string => {
  if (secondsLeft === null) return ''
  const minutes = Math.ceil(secondsLeft / 60)
  const count = spokenMinutes.find(each => minutes <= each)
  return count === undefined ? '' : ui.text('timeLeftSpoken', { count })
}
