/** So many calls within so many seconds of the first; null sets no limit. */
export type RateLimit = { maximum: number; seconds: number } | null

/** Whose calls are counted together. An address is an IPv4 address or an IPv6 /64. */
export type LimitedSubject = 'address' | 'email' | 'key' | 'event'

export type LimitedRoute = 'createOrder' | 'extendOrder' | 'syncOrder' | 'resendTickets'

type RouteLimits = Readonly<Record<LimitedSubject, RateLimit>>

export interface HoardingLimits extends Readonly<Record<LimitedRoute, RouteLimits>> {
  /** Unpaid orders of one event that one e-mail address may hold; null for any number. */
  readonly maxHoldsPerBuyer: number | null
}

type RouteLimitsInput = { readonly [Subject in LimitedSubject]?: RateLimit | undefined }

export type HoardingLimitsInput = { readonly [Route in LimitedRoute]?: RouteLimitsInput | undefined } & {
  readonly maxHoldsPerBuyer?: number | null | undefined
}

/** An office or a campus orders from one address; a sold-out show has thousands of callers in its first minute. */
export const defaultLimits: HoardingLimits = {
  createOrder: {
    address: { maximum: 60, seconds: 60 },
    email: { maximum: 20, seconds: 60 },
    key: { maximum: 12_000, seconds: 60 },
    event: { maximum: 12_000, seconds: 60 },
  },
  extendOrder: {
    address: { maximum: 60, seconds: 60 },
    email: { maximum: 10, seconds: 60 },
    key: { maximum: 12_000, seconds: 60 },
    event: { maximum: 12_000, seconds: 60 },
  },
  syncOrder: {
    address: { maximum: 600, seconds: 60 },
    email: { maximum: 120, seconds: 60 },
    key: { maximum: 60_000, seconds: 60 },
    event: { maximum: 60_000, seconds: 60 },
  },
  resendTickets: {
    address: { maximum: 20, seconds: 600 },
    email: { maximum: 5, seconds: 600 },
    key: { maximum: 600, seconds: 60 },
    event: { maximum: 600, seconds: 60 },
  },
  maxHoldsPerBuyer: 10,
}

const limitsOf = (route: LimitedRoute, input: RouteLimitsInput = {}): RouteLimits => {
  const { address, email, key, event } = defaultLimits[route]
  return {
    address: input.address === undefined ? address : input.address,
    email: input.email === undefined ? email : input.email,
    key: input.key === undefined ? key : input.key,
    event: input.event === undefined ? event : input.event,
  }
}

const none: RouteLimits = { address: null, email: null, key: null, event: null }

const noLimits: HoardingLimits = {
  createOrder: none,
  extendOrder: none,
  syncOrder: none,
  resendTickets: none,
  maxHoldsPerBuyer: null,
}

/** The defaults, with what the host set instead; false turns all of them off. */
export const toHoardingLimits = (input: HoardingLimitsInput | false = {}): HoardingLimits => {
  if (input === false) return noLimits
  const { maxHoldsPerBuyer = defaultLimits.maxHoldsPerBuyer } = input
  return {
    createOrder: limitsOf('createOrder', input.createOrder),
    extendOrder: limitsOf('extendOrder', input.extendOrder),
    syncOrder: limitsOf('syncOrder', input.syncOrder),
    resendTickets: limitsOf('resendTickets', input.resendTickets),
    maxHoldsPerBuyer,
  }
}
