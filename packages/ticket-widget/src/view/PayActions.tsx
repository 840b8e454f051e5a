import { cartTotal, placesIn } from '../cart.ts'
import { Button } from './Button.tsx'
import type { FormState } from './formState.ts'
import { PayingLink } from './PayingLink.tsx'
import type { Ui } from './Ui.ts'

const busyTexts = { reserving: 'reserving', refreshing: 'refreshing', paying: 'paying' } as const

export const PayActions = ({ ui, state }: { ui: Ui; state: FormState }) => {
  if (state.at === 'failed')
    return (
      <div class="actions">
        <Button kind="primary" onClick={() => ui.dispatch({ type: 'retried' })}>
          {ui.text('retry')}
        </Button>
        <Button kind="quiet" onClick={() => ui.dispatch({ type: 'orderChanged' })}>
          {ui.text('changeOrder')}
        </Button>
      </div>
    )
  const { event, cart } = state
  const places = placesIn(cart)
  const total = cartTotal(event, cart)
  const label = () => {
    if (state.at !== 'choosing') return ui.text(busyTexts[state.at])
    if (places === 0) return ui.text('chooseFirst')
    return total.amountMinor === 0
      ? ui.text('getTickets', { count: places })
      : ui.text('pay', { total: ui.money(total) })
  }
  return (
    <div class="actions">
      <Button kind="primary" submit busy={state.at !== 'choosing'} muted={places === 0}>
        {label()}
      </Button>
      {state.at === 'paying' ? (
        <PayingLink ui={ui} url={state.url} />
      ) : (
        <p class="muted small note">{places > 0 && total.amountMinor > 0 ? ui.text('payNote') : ''}</p>
      )}
    </div>
  )
}
