import Stripe from 'stripe'
import type { CheckoutSession, PaymentGateway } from '../ports/gateway.ts'
import { GatewayError } from '../ports/gatewayError.ts'
import type { GatewayListing } from '../ports/gatewayListing.ts'
import type { GatewayPayment } from '../ports/gatewayPayment.ts'
import type { GatewayRefunds } from '../ports/gatewayRefunds.ts'
import type { CheckoutAttempt } from '../ports/ticketingFunctions.ts'
import { checkoutParams, toCheckoutSession } from './stripeCheckout.ts'
import { toGatewayError } from './stripeError.ts'
import { stripeInspection } from './stripeInspection.ts'
import { stripeListing } from './stripeListing.ts'
import { toGatewayPayment } from './stripeObjects.ts'
import { stripeRefunds } from './stripeRefunds.ts'
import { toGatewayEvent, verifySignature } from './stripeWebhook.ts'

/** The version this adapter was written for; the account's own default does not matter. */
export const stripeApiVersion = '2026-10-28.endive'

export interface StripeGatewayOptions {
  /** `sk_…`, or a restricted `rk_…` that may write Checkout sessions and read charges, intents and refunds. */
  secretKey: string
  /** The endpoint's `whsec_…`; several while one is being rolled. */
  webhookSecrets: readonly string[]
  /** `acct_…`. */
  account: string
  /** `pk_…` of the same account and mode. Embedded checkout needs it; without it every buyer goes to Stripe's page. */
  publishableKey?: string
  /** Another server than Stripe's, such as the twin's `url`. */
  apiBase?: string
  /** For each try. Default 20 s. */
  timeoutMs?: number
  /** Tries after the first, by the SDK under the same idempotency key. Default 2. */
  maxNetworkRetries?: number
  /** Milliseconds since the epoch, for the age of webhooks. Default `Date.now`. */
  clock?: () => number
}

const isLive = (key: string) => /^(sk|rk|pk)_live_/.test(key)

type Keys = Pick<StripeGatewayOptions, 'secretKey' | 'webhookSecrets' | 'publishableKey'>

const requireOptions = ({ secretKey, webhookSecrets, publishableKey }: Keys) => {
  if (!/^(sk|rk)_/.test(secretKey)) throw new Error('The Stripe secret key must begin with sk_ or rk_.')
  if (publishableKey !== undefined) {
    // The secret one here would be sent to every browser.
    if (!publishableKey.startsWith('pk_')) throw new Error('The Stripe publishable key must begin with pk_.')
    if (isLive(publishableKey) !== isLive(secretKey)) {
      throw new Error('The Stripe publishable and secret keys must both be live or both be test keys.')
    }
  }
  if (webhookSecrets.length === 0) throw new Error('Stripe needs at least one webhook secret (whsec_…).')
  const wrong = webhookSecrets.find(secret => !/^whsec_\S+$/.test(secret))
  if (wrong !== undefined) throw new Error('Each Stripe webhook secret must begin with whsec_ and hold no space.')
}

const address = (apiBase: string | undefined) => {
  if (apiBase === undefined) return {}
  const { protocol, hostname, port } = new URL(apiBase)
  const scheme = protocol === 'http:' ? 'http' : 'https'
  return { protocol: scheme, host: hostname, port: port || (scheme === 'http' ? '80' : '443') } as const
}

const createClient = (options: Omit<StripeGatewayOptions, 'account'>): Stripe => {
  requireOptions(options)
  return new Stripe(options.secretKey, {
    apiVersion: stripeApiVersion,
    timeout: options.timeoutMs ?? 20_000,
    maxNetworkRetries: options.maxNetworkRetries ?? 2,
    telemetry: false,
    appInfo: { name: 'VenueKit' },
    ...address(options.apiBase),
  })
}

/** A session is made within seconds of its attempt; the rest is for clocks that disagree. */
const lookBackSeconds = 5 * 60
const lookAheadSeconds = 15 * 60

class StripeGateway implements Omit<PaymentGateway, keyof GatewayRefunds> {
  readonly account: string
  readonly mode: 'live' | 'test'
  readonly publishableKey: string | null
  readonly checkoutParams = checkoutParams as unknown as PaymentGateway['checkoutParams']
  readonly listSessions: GatewayListing['listSessions']
  readonly listPayments: GatewayListing['listPayments']
  readonly listRefunds: GatewayListing['listRefunds']
  readonly listDisputes: GatewayListing['listDisputes']
  readonly #stripe: Stripe
  readonly #options: StripeGatewayOptions

  constructor(stripe: Stripe, options: StripeGatewayOptions) {
    this.account = options.account
    this.mode = isLive(options.secretKey) ? 'live' : 'test'
    this.publishableKey = options.publishableKey ?? null
    const listing = stripeListing(stripe)
    this.listSessions = listing.listSessions
    this.listPayments = listing.listPayments
    this.listRefunds = listing.listRefunds
    this.listDisputes = listing.listDisputes
    this.#stripe = stripe
    this.#options = options
  }

  async createCheckout(attempt: CheckoutAttempt): Promise<CheckoutSession> {
    const body = { ...attempt.params, expires_at: attempt.expiresAt } as Stripe.Checkout.SessionCreateParams
    return this.#session('creating a checkout session', sessions =>
      sessions.create(body, { idempotencyKey: attempt.attemptId }),
    )
  }

  async getSession(sessionId: string): Promise<CheckoutSession> {
    return this.#session('reading a checkout session', sessions => sessions.retrieve(sessionId))
  }

  async expireSession(sessionId: string): Promise<CheckoutSession> {
    try {
      return toCheckoutSession(await this.#stripe.checkout.sessions.expire(sessionId))
    } catch {
      // "Not open" means expired by itself, or paid; a lost answer means either. What it is now is all that decides.
      return this.getSession(sessionId)
    }
  }

  async getPayment(paymentIntentId: string): Promise<GatewayPayment> {
    try {
      return toGatewayPayment(await this.#stripe.paymentIntents.retrieve(paymentIntentId))
    } catch (error) {
      throw toGatewayError(error, 'reading a payment intent')
    }
  }

  async findSession(paymentIntentId: string): Promise<CheckoutSession | null> {
    return this.#call('looking a session up by its payment intent', async sessions => {
      const page = await sessions.list({ payment_intent: paymentIntentId, limit: 1 })
      const [session] = page.data
      return session ? toCheckoutSession(session) : null
    })
  }

  async findAttemptSession(attempt: CheckoutAttempt): Promise<CheckoutSession | null> {
    const begun = Math.floor(Date.parse(attempt.begunAt) / 1000)
    const created = { gte: begun - lookBackSeconds, lte: begun + lookAheadSeconds }
    return this.#call('looking a session up by its attempt', async sessions => {
      for await (const session of sessions.list({ created, limit: 100 })) {
        if (session.metadata?.attempt_id === attempt.attemptId) return toCheckoutSession(session)
      }
      return null
    })
  }

  async parseWebhook(rawBody: string, signature: string | null) {
    const { webhookSecrets: secrets, clock = Date.now } = this.#options
    await verifySignature(this.#stripe, rawBody, signature, { secrets, now: clock() })
    return toGatewayEvent(rawBody, this.account)
  }

  async #session(
    doing: string,
    call: (sessions: Stripe.Checkout.SessionResource) => Promise<Stripe.Checkout.Session>,
  ): Promise<CheckoutSession> {
    return this.#call(doing, async sessions => toCheckoutSession(await call(sessions)))
  }

  async #call<Result>(
    doing: string,
    call: (sessions: Stripe.Checkout.SessionResource) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await call(this.#stripe.checkout.sessions)
    } catch (error) {
      throw toGatewayError(error, doing)
    }
  }
}

const behindPort = (stripe: Stripe, options: StripeGatewayOptions): PaymentGateway =>
  Object.assign(new StripeGateway(stripe, options), stripeRefunds(stripe), {
    inspect: stripeInspection(stripe, { apiVersion: stripeApiVersion, webhookSecrets: options.webhookSecrets }),
  })

/** Stripe behind the port, for an account whose id is known; makes no request by itself. */
export const stripeGateway = (options: StripeGatewayOptions): PaymentGateway =>
  behindPort(createClient(options), options)

/**
 * Stripe behind the port. Asks Stripe which account the key belongs to, unless `account` says so: a key that is
 * wrong fails here, at the start, as a `GatewayError`.
 */
export const createStripeGateway = async (
  options: Omit<StripeGatewayOptions, 'account'> & { account?: string },
): Promise<PaymentGateway> => {
  const stripe = createClient(options)
  if (options.account !== undefined) return behindPort(stripe, { ...options, account: options.account })
  try {
    const { id } = await stripe.accounts.retrieveCurrent()
    return behindPort(stripe, { ...options, account: id })
  } catch (error) {
    const mapped = toGatewayError(error, 'reading the account')
    if (!(mapped instanceof GatewayError)) throw mapped
    throw new GatewayError(mapped.kind, `${mapped.message} (Set \`account\` where a restricted key may not read it.)`, {
      cause: mapped,
    })
  }
}
