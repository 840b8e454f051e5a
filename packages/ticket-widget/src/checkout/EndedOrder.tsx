import type { Ended, EndReason } from '../flow/flowState.ts'
import type { MessageName } from '../messages.ts'
import { Button } from '../view/Button.tsx'
import { Panel } from '../view/Panel.tsx'
import { shortId } from '../view/shortId.ts'
import type { Ui } from '../view/Ui.ts'

interface Words {
  icon: 'clock' | 'back' | 'alert'
  title: MessageName
  text: MessageName
}

const words: { readonly [Reason in EndReason]: Words } = {
  expired: { icon: 'clock', title: 'expiredTitle', text: 'expiredText' },
  cancelled: { icon: 'alert', title: 'cancelledTitle', text: 'cancelledText' },
  refundDue: { icon: 'back', title: 'refundDueTitle', text: 'refundDueText' },
  refunded: { icon: 'back', title: 'refundedTitle', text: 'refundedText' },
  review: { icon: 'clock', title: 'reviewTitle', text: 'reviewText' },
}

export const EndedOrder = ({ ui, state }: { ui: Ui; state: Ended }) => {
  const { icon, title, text } = words[state.reason]
  const { order } = state
  return (
    <Panel icon={icon} title={ui.text(title)} text={ui.text(text, { email: order.buyer.email })}>
      <p class="muted small figures">{ui.text('orderNumber', { number: shortId(order) })}</p>
      <div class="actions">
        <Button kind="primary" onClick={() => ui.dispatch({ type: 'restarted' })}>
          {ui.text('chooseAgain')}
        </Button>
      </div>
    </Panel>
  )
}
