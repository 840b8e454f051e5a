import type { ComponentChild } from 'preact'
import type { FlowState } from '../flow/flowState.ts'
import { announcement } from './announcement.ts'
import { EventHeading } from './EventHeading.tsx'
import { isFormState } from './formState.ts'
import { OrderForm } from './OrderForm.tsx'
import { Skeleton } from './Skeleton.tsx'
import type { Ui } from './Ui.ts'
import { Unavailable } from './Unavailable.tsx'

/** The whole widget in one of the flow's states. */
export const Card = ({ ui, state }: { ui: Ui; state: FlowState }) => (
  <section class="card" part="card" aria-labelledby={state.event ? 'vk-title' : undefined} data-state={state.at}>
    {state.event && <EventHeading ui={ui} event={state.event} />}
    {content(ui, state)}
    <p class="unseen" role="status">
      {announcement(ui, state)}
    </p>
  </section>
)

const content = (ui: Ui, state: FlowState): ComponentChild => {
  if (state.at === 'unavailable') return <Unavailable ui={ui} state={state} />
  if (isFormState(state)) return <OrderForm ui={ui} state={state} />
  const view = ui.checkout?.views[state.at] as ((ui: Ui, state: FlowState) => ComponentChild) | undefined
  return view ? view(ui, state) : <Skeleton heading={!state.event} />
}
