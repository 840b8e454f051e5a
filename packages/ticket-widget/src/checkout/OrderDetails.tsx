import { cartLines, cartTotal } from '../cart.ts'
import type { FormState } from '../view/formState.ts'
import type { Ui } from '../view/Ui.ts'
import { BuyerFields } from './BuyerFields.tsx'
import { mistakesOf } from './mistakes.ts'
import { OrderLines } from './OrderLines.tsx'

/** Who buys, and what it comes to; shown once there is something in the cart. */
export const OrderDetails = ({ ui, state }: { ui: Ui; state: FormState }) => {
  const { event, cart, buyer } = state
  const lines = cartLines(event, cart).map(({ tier, quantity, total }) => ({
    id: tier.id,
    name: tier.name,
    quantity,
    total,
  }))
  return (
    <div class="rise">
      <BuyerFields ui={ui} buyer={buyer} errors={mistakesOf(state)} locked={state.at !== 'choosing'} />
      <OrderLines ui={ui} total={cartTotal(event, cart)} lines={lines} />
    </div>
  )
}
