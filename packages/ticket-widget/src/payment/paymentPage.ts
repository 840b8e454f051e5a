/** What the payments of one page share, whichever copy of this code shows them. */
interface PaymentPage {
  /** Stripe.js under way or there; null before the first try and after a failed one. */
  script: Promise<unknown> | null
  /** The one Trusted Types policy by its name; a second one would be refused. */
  policy: { createScriptURL(url: string): unknown } | null
  /** The page's policy allows no Stripe.js: asking again would change nothing. */
  refused: boolean
  /** Who shows a payment now. Stripe allows one embedded checkout a page. */
  holder: object | null
}

const pageKey = Symbol.for('venuekit.payments')

export const paymentPage = (): PaymentPage => {
  const page = globalThis as { [pageKey]?: PaymentPage }
  page[pageKey] ??= { script: null, policy: null, refused: false, holder: null }
  return page[pageKey]
}
