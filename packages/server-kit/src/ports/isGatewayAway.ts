import { GatewayError } from './gatewayError.ts'

/** Another call would fare no better, and no object is to blame: what was asked for waits. */
export const isGatewayAway = (error: unknown): boolean =>
  error instanceof GatewayError && (error.kind === 'unavailable' || error.kind === 'unauthorized')
