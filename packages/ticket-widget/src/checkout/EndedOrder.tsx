import type { Ended, EndReason } from '../flow/flowState.ts'
import type { MessageName } from '../messages.ts'
import { alertSign } from '../view/alertSign.ts'
import { Button } from '../view/Button.tsx'
import { Panel } from '../view/Panel.tsx'
import type { Ui } from '../view/Ui.ts'
import { OrderReference } from './OrderReference.tsx'
import { backSign, clockSign } from './signs.ts'

interface Words {
  sign: string
  warning?: boolean
  title: MessageName
  text: MessageName
}

const words: { readonly [Reason in EndReason]: Words } = {
  expired: { sign: clockSign, title: 'expiredTitle', text: 'expiredText' },
  cancelled: { sign: alertSign, warning: true, title: 'cancelledTitle', text: 'cancelledText' },
  refundDue: { sign: backSign, title: 'refundDueTitle', text: 'refundDueText' },
  refunded: { sign: backSign, title: 'refundedTitle', text: 'refundedText' },
  review: { sign: clockSign, title: 'reviewTitle', text: 'reviewText' },
}

export const EndedOrder = ({ ui, state }: { ui: Ui; state: Ended }) => {
  const { sign, warning = false, title, text } = words[state.reason]
  const { order } = state
  return (
    <Panel sign={sign} warning={warning} title={ui.text(title)} text={ui.text(text, { email: order.buyer.email })}>
      <OrderReference ui={ui} order={order} />
      <div class="actions">
        <Button kind="primary" onClick={() => ui.dispatch({ type: 'restarted' })}>
          {ui.text('chooseAgain')}
        </Button>
      </div>
    </Panel>
  )
}
