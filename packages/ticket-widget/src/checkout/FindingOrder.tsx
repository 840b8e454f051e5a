import type { Finding } from '../flow/flowState.ts'
import { Button } from '../view/Button.tsx'
import type { Ui } from '../view/Ui.ts'
import { FailureBanner } from './FailureBanner.tsx'
import { Waiting } from './Waiting.tsx'

export const FindingOrder = ({ ui, state }: { ui: Ui; state: Finding }) =>
  state.failure ? (
    <div class="panel">
      <FailureBanner ui={ui} failure={state.failure} attempt={state.attempt} />
      <div class="actions">
        <Button kind="primary" onClick={() => ui.dispatch({ type: 'retried' })}>
          {ui.text('retry')}
        </Button>
      </div>
    </div>
  ) : (
    <Waiting title={ui.text('finding')} />
  )
