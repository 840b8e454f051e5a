import { placesIn } from '../cart.ts'
import type { FormState } from '../view/formState.ts'
import type { Ui } from '../view/Ui.ts'
import { MistakesBanner } from './MistakesBanner.tsx'
import { mistakesOf } from './mistakes.ts'
import { NoticeBanner } from './NoticeBanner.tsx'

/** Above the form: what the buyer should look at before going on. */
export const FormNotice = ({ ui, state }: { ui: Ui; state: FormState }) => {
  if (state.at !== 'choosing') return null
  const { notice, event, cart, tries } = state
  if (notice) return <NoticeBanner ui={ui} notice={notice} event={event} cart={cart} />
  const errors = mistakesOf(state)
  const empty = placesIn(cart) === 0
  const mistaken = tries > 0 && (empty || Object.keys(errors).length > 0)
  return mistaken ? <MistakesBanner ui={ui} errors={errors} empty={empty} tries={tries} /> : null
}
