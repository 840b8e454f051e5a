export {
  createStripeGateway,
  type StripeGatewayOptions,
  stripeApiVersion,
  stripeGateway,
} from './stripeGateway.ts'
