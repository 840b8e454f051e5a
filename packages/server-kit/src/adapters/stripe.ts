/**
 * The payment gateway.
 * @module stripe
 */
export {
  createStripeGateway,
  type StripeGatewayOptions,
  stripeApiVersion,
  stripeGateway,
} from './stripeGateway.ts'
