import type { ComponentChild } from 'preact'
import type { FlowState, StateAt } from '../flow/flowState.ts'
import { announcement } from './announcement.ts'
import { DoneOrder } from './DoneOrder.tsx'
import { EndedOrder } from './EndedOrder.tsx'
import { EventHeading } from './EventHeading.tsx'
import { FindingOrder } from './FindingOrder.tsx'
import { HeldOrder } from './HeldOrder.tsx'
import { OrderForm } from './OrderForm.tsx'
import { PendingOrder } from './PendingOrder.tsx'
import { Skeleton } from './Skeleton.tsx'
import type { Ui } from './Ui.ts'
import { Unavailable } from './Unavailable.tsx'
import { Waiting } from './Waiting.tsx'

type Views = { readonly [At in FlowState['at']]: (ui: Ui, state: StateAt<At>) => ComponentChild }

const form: Views['choosing'] & Views['reserving'] & Views['failed'] & Views['refreshing'] = (ui, state) => (
  <OrderForm ui={ui} state={state} />
)
const held: Views['held'] & Views['resuming'] & Views['releasing'] = (ui, state) => <HeldOrder ui={ui} state={state} />

const views: Views = {
  loading: (_, state) => <Skeleton heading={!state.event} />,
  unavailable: (ui, state) => <Unavailable ui={ui} state={state} />,
  choosing: form,
  refreshing: form,
  reserving: form,
  failed: form,
  paying: (ui, { event, ...state }) =>
    event && state.cause === null ? (
      <OrderForm ui={ui} state={{ ...state, event }} />
    ) : (
      <HeldOrder ui={ui} state={{ ...state, event }} />
    ),
  finding: (ui, state) => <FindingOrder ui={ui} state={state} />,
  held,
  resuming: held,
  releasing: held,
  confirming: (ui, state) => (
    <Waiting title={ui.text('confirming')} text={ui.text(state.failure ? 'stillTrying' : 'confirmingText')} />
  ),
  pending: (ui, state) => <PendingOrder ui={ui} state={state} />,
  done: (ui, state) => <DoneOrder ui={ui} state={state} />,
  ended: (ui, state) => <EndedOrder ui={ui} state={state} />,
}

/** The whole widget in one of the flow's states. */
export const Card = ({ ui, state }: { ui: Ui; state: FlowState }) => {
  const view = views[state.at] as (ui: Ui, state: FlowState) => ComponentChild
  return (
    <section class="card" part="card" aria-labelledby={state.event ? 'vk-title' : undefined} data-state={state.at}>
      {state.event && <EventHeading ui={ui} event={state.event} />}
      {view(ui, state)}
      <p class="unseen" role="status">
        {announcement(ui, state)}
      </p>
    </section>
  )
}
