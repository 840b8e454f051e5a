import type { Failed } from '../flow/flowState.ts'
import { Button } from '../view/Button.tsx'
import type { Ui } from '../view/Ui.ts'
import { FailureBanner } from './FailureBanner.tsx'

/** The end of the form after a try that failed: the same order again, or another one. */
export const FailedActions = ({ ui, state }: { ui: Ui; state: Failed }) => (
  <>
    <FailureBanner ui={ui} failure={state.failure} attempt={state.attempt} />
    <div class="actions">
      <Button kind="primary" onClick={() => ui.dispatch({ type: 'retried' })}>
        {ui.text('retry')}
      </Button>
      <Button kind="quiet" onClick={() => ui.dispatch({ type: 'orderChanged' })}>
        {ui.text('changeOrder')}
      </Button>
    </div>
  </>
)
