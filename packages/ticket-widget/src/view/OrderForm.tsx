import { isOnSale, placesIn } from '../cart.ts'
import { EventNotice } from './EventNotice.tsx'
import type { FormState } from './formState.ts'
import { PayActions } from './PayActions.tsx'
import { TierRow } from './TierRow.tsx'
import type { Ui } from './Ui.ts'

/** One form for choosing and for what follows the click, so that nothing jumps while the server answers. */
export const OrderForm = ({ ui, state }: { ui: Ui; state: FormState }) => {
  const { event, cart } = state
  const locked = state.at !== 'choosing'
  const open = event.tiers.some(tier => isOnSale(event, tier))
  return (
    <form
      noValidate
      onSubmit={submitted => {
        submitted.preventDefault()
        ui.dispatch({ type: 'submitted', key: ui.createKey() })
      }}
    >
      {ui.checkout?.formNotice(ui, state)}
      {!(state.at === 'choosing' && state.notice) && <EventNotice ui={ui} event={event} />}
      <ul class="tiers" part="tiers" aria-label={ui.text('tickets')}>
        {event.tiers.map(tier => (
          <TierRow key={tier.id} ui={ui} event={event} tier={tier} cart={cart} locked={locked} />
        ))}
      </ul>
      {placesIn(cart) > 0 && (ui.checkout ? ui.checkout.formDetails(ui, state) : <div class="bone details" />)}
      {ui.checkout?.formEnd(ui, state) ?? (open && <PayActions ui={ui} state={state} />)}
      <button type="button" class="again" onClick={() => ui.dispatch({ type: 'resendWanted' })}>
        {ui.text('boughtAlready')}
      </button>
    </form>
  )
}
