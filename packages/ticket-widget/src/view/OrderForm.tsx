import { type BuyerErrors, checkBuyer } from '../buyer.ts'
import { cartLines, cartTotal, isOnSale, placesIn } from '../cart.ts'
import { BuyerFields } from './BuyerFields.tsx'
import { EventNotice } from './EventNotice.tsx'
import { FailureBanner } from './FailureBanner.tsx'
import type { FormState } from './formState.ts'
import { MistakesBanner } from './MistakesBanner.tsx'
import { NoticeBanner } from './NoticeBanner.tsx'
import { OrderLines } from './OrderLines.tsx'
import { PayActions } from './PayActions.tsx'
import { TierRow } from './TierRow.tsx'
import type { Ui } from './Ui.ts'

/** One form for choosing and for what follows the click, so that nothing jumps while the server answers. */
export const OrderForm = ({ ui, state }: { ui: Ui; state: FormState }) => {
  const { event, cart, buyer } = state
  const locked = state.at !== 'choosing'
  const places = placesIn(cart)
  const errors = errorsOf(state)
  const mistaken = state.at === 'choosing' && state.tries > 0 && (places === 0 || Object.keys(errors).length > 0)
  return (
    <form
      noValidate
      onSubmit={submitted => {
        submitted.preventDefault()
        ui.dispatch({ type: 'submitted', key: ui.createKey() })
      }}
    >
      {state.at === 'choosing' && state.notice && (
        <NoticeBanner ui={ui} notice={state.notice} event={event} cart={cart} />
      )}
      {mistaken && <MistakesBanner ui={ui} errors={errors} empty={places === 0} tries={state.tries} />}
      <EventNotice ui={ui} event={event} />
      <ul class="tiers" part="tiers" aria-label={ui.text('tickets')}>
        {event.tiers.map(tier => (
          <TierRow key={tier.id} ui={ui} event={event} tier={tier} cart={cart} locked={locked} />
        ))}
      </ul>
      {places > 0 && (
        <div class="rise">
          <BuyerFields ui={ui} buyer={buyer} errors={errors} locked={locked} />
          <OrderLines
            ui={ui}
            total={cartTotal(event, cart)}
            lines={cartLines(event, cart).map(({ tier, quantity, total }) => ({
              id: tier.id,
              name: tier.name,
              quantity,
              total,
            }))}
          />
        </div>
      )}
      {state.at === 'failed' && <FailureBanner ui={ui} failure={state.failure} attempt={state.attempt} />}
      {event.tiers.some(tier => isOnSale(event, tier)) && <PayActions ui={ui} state={state} />}
    </form>
  )
}

const errorsOf = (state: FormState): BuyerErrors => {
  if (state.at !== 'choosing' || !state.checked) return {}
  const refused: BuyerErrors = {
    ...(state.refused.includes('name') ? { name: 'nameMissing' } : {}),
    ...(state.refused.includes('email') ? { email: 'emailInvalid' } : {}),
  }
  return { ...refused, ...checkBuyer(state.buyer) }
}
