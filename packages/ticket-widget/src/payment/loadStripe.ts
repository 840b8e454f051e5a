import { EmbedRefusal } from './EmbedRefusal.ts'
import { paymentPage } from './paymentPage.ts'
import { type StripeConstructor, stripeAddress } from './stripe.ts'
import { stripeScriptUrl } from './stripeScriptUrl.ts'

const patienceMs = 8_000
const tries = 2

/** Stripe.js, which the page loads once; a try that fails is repeated. Throws `EmbedRefusal`. */
export const loadStripe = async (document: Document): Promise<StripeConstructor> => {
  const page = paymentPage()
  page.script ??= load(document)
  try {
    await page.script
  } catch (error) {
    page.script = null
    throw error
  }
  const stripe = present()
  if (stripe) return stripe
  page.script = null
  throw new EmbedRefusal('Stripe.js came without Stripe', false)
}

const present = () => (globalThis as { Stripe?: StripeConstructor }).Stripe

const load = async (document: Document): Promise<void> => {
  // The page's own is as good, and a second one would upset both.
  if (present()) return
  const url = stripeScriptUrl()
  for (let left = tries; ; left -= 1) {
    try {
      await addScript(document, url)
      return
    } catch (error) {
      if (left <= 1 || (error instanceof EmbedRefusal && error.isFinal)) throw error
    }
  }
}

/** Resolves when it has run. One that failed is taken off: it would never load again. */
const addScript = async (document: Document, url: string): Promise<void> => {
  const script = document.createElement('script')
  const over = new AbortController()
  const { signal } = over
  script.async = true
  script.nonce = document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? ''
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string, isFinal = false) => reject(new EmbedRefusal(why, isFinal))
      script.addEventListener('load', () => resolve(), { signal })
      // The page hears of a violation first.
      script.addEventListener('error', () => setTimeout(fail, 0, 'Stripe.js did not load'), { signal })
      document.addEventListener(
        'securitypolicyviolation',
        ({ blockedURI, disposition }) => {
          if (disposition === 'enforce' && blockedURI.startsWith(stripeAddress)) {
            fail("the page's policy does not allow Stripe.js", true)
          }
        },
        { signal },
      )
      const timer = setTimeout(fail, patienceMs, 'Stripe.js did not answer')
      signal.addEventListener('abort', () => clearTimeout(timer))
      script.src = url
      document.head.append(script)
    })
  } catch (error) {
    script.remove()
    throw error
  } finally {
    over.abort()
  }
}
