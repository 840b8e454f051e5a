import Stripe from 'stripe'
import { GatewayError, type GatewayErrorKind } from '../ports/gatewayError.ts'

const { errors } = Stripe

const isTooSoon = (error: InstanceType<typeof errors.StripeError>): boolean =>
  error instanceof errors.StripeInvalidRequestError && /expires_at.*at least 30 minutes/.test(error.message)

/** First fit wins. */
const kinds: [GatewayErrorKind, (error: InstanceType<typeof errors.StripeError>) => boolean][] = [
  ['too_soon', isTooSoon],
  ['not_found', error => error.code === 'resource_missing' || error.statusCode === 404],
  ['unavailable', error => error instanceof errors.StripeConnectionError],
  ['unavailable', error => error instanceof errors.StripeRateLimitError || error.statusCode === 429],
  // A request under the same key is still at work: it may yet take effect.
  ['unavailable', error => error.statusCode === 409],
  ['unavailable', error => (error.statusCode ?? 500) >= 500],
  ['unauthorized', error => error instanceof errors.StripeAuthenticationError],
  ['unauthorized', error => error instanceof errors.StripePermissionError],
]

const hints: [(error: InstanceType<typeof errors.StripeError>) => boolean, string][] = [
  [error => error instanceof errors.StripeAuthenticationError, ' Check the secret key.'],
  [error => error instanceof errors.StripePermissionError, ' Give the restricted key the permission it lacks.'],
]

/** Stripe's error in the port's words; what is none of Stripe's passes through. */
export const toGatewayError = (error: unknown, doing: string): unknown => {
  if (!(error instanceof errors.StripeError)) return error
  const kind = kinds.find(([, fits]) => fits(error))?.[0] ?? 'rejected'
  const hint = hints.find(([fits]) => fits(error))?.[1] ?? ''
  const where = error.requestId ? ` (${error.requestId})` : ''
  return new GatewayError(kind, `Stripe, ${doing}: ${error.message}${hint}${where}`, { cause: error })
}
