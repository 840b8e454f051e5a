import type { FlowState } from '../flow/flowState.ts'
import type { MessageName } from '../messages.ts'
import type { Ui } from '../view/Ui.ts'

const texts: { readonly [At in FlowState['at']]?: MessageName } = {
  refreshing: 'refreshing',
  reserving: 'reserving',
  paying: 'paying',
  resuming: 'paying',
  releasing: 'releasing',
}

/** What the button says while the server is asked; null where nothing is under way. */
export const busyText = (ui: Ui, state: FlowState): string | null => {
  const name = texts[state.at]
  return name ? ui.text(name) : null
}
