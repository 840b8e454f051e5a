import { paymentPage } from './paymentPage.ts'

/**
 * Whether a payment could be shown in that element of the page. Counts only what stays as it is: tries of an order under
 * one key must ask for the same. Stripe.js does not run on pages that are cross-origin isolated, nor in shadow roots; a
 * dialog of ours, which is one, would also lock up the window in which a bank asks for its own confirmation.
 */
export const canEmbed = (element: HTMLElement | null): element is HTMLElement =>
  element !== null && !globalThis.crossOriginIsolated && element.getRootNode() === element.ownerDocument

/** Whether it can be shown now, as far as is known before trying. */
export const canEmbedNow = (element: HTMLElement | null): boolean => {
  const { refused, holder } = paymentPage()
  return canEmbed(element) && !refused && holder === null
}
