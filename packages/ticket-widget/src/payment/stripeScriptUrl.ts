import { EmbedRefusal } from './EmbedRefusal.ts'
import { paymentPage } from './paymentPage.ts'
import { stripeAddress } from './stripe.ts'

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown }
}

/** The script's address as the page's Trusted Types want it, by a policy that allows no other. */
export const stripeScriptUrl = (): string => {
  const page = paymentPage()
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  if (!trustedTypes) return stripeAddress
  try {
    page.policy ??= trustedTypes.createPolicy('venuekit-stripe', { createScriptURL: onlyStripe })
    // TypeScript knows no trusted values; a script's `src` takes them.
    return page.policy.createScriptURL(stripeAddress) as string
  } catch (cause) {
    throw new EmbedRefusal("the page's policy has no `trusted-types venuekit-stripe`", true, { cause })
  }
}

const onlyStripe = (url: string): string => {
  if (url !== stripeAddress) throw new TypeError('venuekit-stripe allows the address of Stripe.js alone')
  return url
}
