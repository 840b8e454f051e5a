import { EmbedRefusal } from './EmbedRefusal.ts'
import { loadStripe } from './loadStripe.ts'
import { onFrameRefused } from './onFrameRefused.ts'
import { onMove } from './onMove.ts'
import { paymentPage } from './paymentPage.ts'
import type { EmbeddedCheckout, Stripe, StripeConstructor } from './stripe.ts'

export interface Payment {
  clientSecret: string
  publishableKey: string
}

interface Showing {
  /** Takes the payment off the page. */
  signal: AbortSignal
  onComplete(): void
  /** The page turned out not to let the form load. */
  onRefused(error: EmbedRefusal): void
}

/**
 * Shows Stripe's own form in a child of the element, outside its shadow root: what the buyer types there goes to Stripe,
 * in a frame of Stripe's that neither we nor the page can read. Throws `EmbedRefusal` where the page cannot show it.
 */
export const showPayment = async (element: HTMLElement, payment: Payment, showing: Showing): Promise<void> => {
  const { signal } = showing
  const page = paymentPage()
  const holder = {}
  if (page.holder) throw new EmbedRefusal('another payment is open on this page, and Stripe allows one', false)
  page.holder = holder
  const undo: (() => void)[] = []
  const end = () => {
    for (const each of undo.splice(0).reverse()) each()
    if (page.holder === holder) page.holder = null
  }
  try {
    const checkout = await createCheckout(await loadStripe(element.ownerDocument), payment, showing)
    undo.push(() => checkout.destroy())
    if (!signal.aborted) mount(element, checkout, undo, showing)
  } catch (error) {
    end()
    const refusal =
      error instanceof EmbedRefusal ? error : new EmbedRefusal('Stripe.js failed', false, { cause: error })
    page.refused ||= refusal.isFinal
    throw refusal
  }
  // Not before: Stripe lets nobody make another while this one was on its way.
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
}

const createCheckout = (create: StripeConstructor, payment: Payment, showing: Showing): Promise<EmbeddedCheckout> => {
  const stripe = stripeFor(create, payment.publishableKey)
  const options = {
    fetchClientSecret: async () => payment.clientSecret,
    onComplete: () => showing.signal.aborted || showing.onComplete(),
  }
  if (stripe.createEmbeddedCheckoutPage) return stripe.createEmbeddedCheckoutPage(options)
  if (stripe.initEmbeddedCheckout) return stripe.initEmbeddedCheckout(options)
  throw new EmbedRefusal("the page's own Stripe.js is too old", true)
}

const stripes = new Map<string, Stripe>()

/** One a key: Stripe.js warns of more. */
const stripeFor = (create: StripeConstructor, publishableKey: string): Stripe => {
  const stripe = stripes.get(publishableKey) ?? create(publishableKey)
  stripes.set(publishableKey, stripe)
  return stripe
}

const mount = (element: HTMLElement, checkout: EmbeddedCheckout, undo: (() => void)[], showing: Showing): void => {
  const place = element.ownerDocument.createElement('div')
  place.slot = 'payment'
  element.append(place)
  undo.push(() => place.remove())
  undo.push(
    onFrameRefused(place, () => {
      paymentPage().refused = true
      if (!showing.signal.aborted)
        showing.onRefused(new EmbedRefusal("the page's policy allows no frame of Stripe's", true))
    }),
  )
  checkout.mount(place)
  // A frame that is moved loads anew, and has lost whom it spoke to.
  undo.push(
    onMove(element, () => {
      checkout.unmount()
      checkout.mount(place)
    }),
  )
}
