import type { Unavailable as State } from '../flow/flowState.ts'
import { alertSign } from './alertSign.ts'
import { Button } from './Button.tsx'
import { loadFailureText } from './loadFailureText.ts'
import { Panel } from './Panel.tsx'
import type { Ui } from './Ui.ts'

/** There is nothing to choose from: why, in a buyer's words. Trying again never hurts, and a fault may pass. */
export const Unavailable = ({ ui, state: { failure } }: { ui: Ui; state: State }) => {
  const { title, text } = loadFailureText(failure)
  return (
    <Panel sign={alertSign} warning title={ui.text(title)} text={ui.text(text)}>
      <div class="actions">
        <Button kind="primary" onClick={() => ui.dispatch({ type: 'retried' })}>
          {ui.text('retry')}
        </Button>
      </div>
    </Panel>
  )
}
