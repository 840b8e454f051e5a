import type { CheckoutPart } from '../view/Ui.ts'
import { busyText } from './busyText.ts'
import { checkoutAnnouncement } from './checkoutAnnouncement.ts'
import { checkoutEnglish } from './checkoutMessages.ts'
import { checkoutRules } from './checkoutRules.ts'
import { checkoutStyles } from './checkoutStyles.ts'
import { checkoutViews } from './checkoutViews.tsx'
import { detailStyles } from './detailStyles.ts'
import { FailedActions } from './FailedActions.tsx'
import { FormNotice } from './FormNotice.tsx'
import { foundState } from './foundState.ts'
import { OrderDetails } from './OrderDetails.tsx'
import { createOrderMemory } from './orderMemory.ts'
import { readOrderToken } from './orderToken.ts'
import { PayingLink } from './PayingLink.tsx'
import { printStyles } from './printStyles.ts'
import { readReturn } from './return.ts'
import { ticketStyles } from './ticketStyles.ts'

/** All that comes after the first choice, in a chunk that loads once something is in the cart, or an order is found. */
export const checkout: CheckoutPart = {
  ...checkoutRules,
  createMemory: createOrderMemory,
  foundState,
  returnedEventId: href => readOrderToken(readReturn(href)?.token ?? '')?.eventId ?? null,
  messages: checkoutEnglish,
  styles: [detailStyles, checkoutStyles, ticketStyles, printStyles],
  views: checkoutViews,
  announcement: checkoutAnnouncement,
  busyText,
  formNotice: (ui, state) => <FormNotice ui={ui} state={state} />,
  formDetails: (ui, state) => <OrderDetails ui={ui} state={state} />,
  formNote: (ui, state) => (state.at === 'paying' ? <PayingLink ui={ui} url={state.url} /> : null),
  formEnd: (ui, state) => (state.at === 'failed' ? <FailedActions ui={ui} state={state} /> : null),
}
