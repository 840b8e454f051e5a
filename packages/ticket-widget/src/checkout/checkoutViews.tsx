import type { Views } from '../view/Ui.ts'
import { DoneOrder } from './DoneOrder.tsx'
import { EndedOrder } from './EndedOrder.tsx'
import { FindingOrder } from './FindingOrder.tsx'
import { HeldOrder } from './HeldOrder.tsx'
import { PaymentForm } from './PaymentForm.tsx'
import { PendingOrder } from './PendingOrder.tsx'
import { ResendForm } from './ResendForm.tsx'
import { Waiting } from './Waiting.tsx'

const held: Views['held'] & Views['extending'] & Views['resuming'] & Views['releasing'] & Views['paying'] = (
  ui,
  state,
) => <HeldOrder ui={ui} state={state} />

/** What is shown of an order. A state that is missing here is shown by the form. */
export const checkoutViews: Views = {
  paying: held,
  held,
  payingHere: (ui, state) => <PaymentForm ui={ui} state={state} />,
  extending: held,
  resuming: held,
  releasing: held,
  finding: (ui, state) => <FindingOrder ui={ui} state={state} />,
  confirming: (ui, state) => (
    <Waiting title={ui.text('confirming')} text={ui.text(state.failure ? 'stillTrying' : 'confirmingText')} />
  ),
  pending: (ui, state) => <PendingOrder ui={ui} state={state} />,
  done: (ui, state) => <DoneOrder ui={ui} state={state} />,
  resending: (ui, state) => <ResendForm ui={ui} state={state} />,
  ended: (ui, state) => <EndedOrder ui={ui} state={state} />,
}
