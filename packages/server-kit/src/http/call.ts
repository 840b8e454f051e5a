import type { RouteAuth } from '@venuekit/core/contracts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import type { Viewer } from '../ports/viewer.ts'
import type { KitContext } from '../services/kitContext.ts'
import type { OrderClaims } from '../services/orderToken.ts'

/** What every handler has besides its parsed input. */
export interface Call {
  readonly context: KitContext
  readonly request: Request
  /** The caller's address, as far as the configured proxies vouch for it. */
  readonly clientAddress: string | null
  /** Empty where the route takes none. */
  readonly idempotencyKey: string
}

export interface KeyCall extends Call {
  readonly key: PublishableKey
}

interface ViewerCall extends KeyCall {
  readonly viewer: Viewer
}

export interface OrderCall extends KeyCall {
  readonly claims: OrderClaims
}

/** The call that a route's auth makes sure of. */
export interface CallByAuth {
  key: KeyCall
  viewer: ViewerCall
  order: OrderCall
  secret: Call
  scanner: Call
}

export type CallOf<Auth extends RouteAuth> = CallByAuth[Auth]
