import type { BuyerErrors } from '../buyer.ts'
import type { FormState } from '../view/formState.ts'
import { checkBuyer } from './checkBuyer.ts'

/** What the buyer is told is wrong with the details; nothing before the first try to go on. */
export const mistakesOf = (state: FormState): BuyerErrors => {
  if (state.at !== 'choosing' || !state.checked) return {}
  const refused: BuyerErrors = {
    ...(state.refused.includes('name') ? { name: 'nameMissing' } : {}),
    ...(state.refused.includes('email') ? { email: 'emailInvalid' } : {}),
  }
  return { ...refused, ...checkBuyer(state.buyer) }
}
