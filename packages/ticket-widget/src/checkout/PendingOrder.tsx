import type { Pending } from '../flow/flowState.ts'
import { Button } from '../view/Button.tsx'
import { Panel } from '../view/Panel.tsx'
import type { Ui } from '../view/Ui.ts'
import { OrderReference } from './OrderReference.tsx'
import { clockSign } from './signs.ts'

export const PendingOrder = ({ ui, state: { order } }: { ui: Ui; state: Pending }) => (
  <Panel
    sign={clockSign}
    title={ui.text('pendingTitle')}
    text={order ? ui.text('pendingText', { email: order.buyer.email }) : ui.text('pendingUnknown')}
  >
    {order && <OrderReference ui={ui} order={order} />}
    <div class="actions">
      <Button kind="primary" onClick={() => ui.dispatch({ type: 'retried' })}>
        {ui.text('checkAgain')}
      </Button>
    </div>
  </Panel>
)
