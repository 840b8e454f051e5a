/** What we use of Stripe.js, <https://docs.stripe.com/js/embedded_checkout>. */
export interface EmbeddedCheckout {
  mount(place: HTMLElement): void
  /** Takes it out of the page; `mount` brings it back. */
  unmount(): void
  destroy(): void
}

interface EmbeddedCheckoutOptions {
  fetchClientSecret(): Promise<string>
  onComplete(): void
}

type CreateEmbeddedCheckout = (options: EmbeddedCheckoutOptions) => Promise<EmbeddedCheckout>

export interface Stripe {
  createEmbeddedCheckoutPage?: CreateEmbeddedCheckout
  /** Its name before the release of March 2026, for pages that have an older Stripe.js already. */
  initEmbeddedCheckout?: CreateEmbeddedCheckout
}

export type StripeConstructor = (publishableKey: string) => Stripe

/** Stripe wants it from its own address, never from a copy; `endive` belongs to the API version that the kit speaks. */
export const stripeAddress = 'https://js.stripe.com/endive/stripe.js'
