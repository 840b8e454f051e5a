import type { EndpointOutput, EndpointParsed } from '../contracts/endpoint.ts'
import type { Endpoints } from '../contracts/endpoints.ts'
import type { RouteName, routes } from '../contracts/routes.ts'
import type { TestViewer } from './TestViewer.ts'
import type { VenueContext } from './VenueContext.ts'
import type { StoredOrder } from './VenueState.ts'

export interface KeyCall {
  readonly venue: VenueContext
  readonly request: Request
  /** Null where nobody is signed in. */
  readonly viewer: TestViewer | null
  /** Empty where the route takes none. */
  readonly idempotencyKey: string
}

export interface ViewerCall extends KeyCall {
  readonly viewer: TestViewer
}

/** The call that a route's auth makes sure of. No route of the browser's takes a secret. */
export interface TestCallByAuth {
  key: KeyCall
  viewer: ViewerCall
  order: KeyCall & { readonly stored: StoredOrder }
  secret: never
  scanner: never
}

type RouteAnswer<Name extends RouteName> = (
  input: EndpointParsed<Endpoints[Name]>,
  call: TestCallByAuth[(typeof routes)[Name]['auth']],
) => EndpointOutput<Endpoints[Name]>

/** What the test venue answers to each route: a route without its answer does not compile. */
export type RouteAnswers = { readonly [Name in RouteName]: RouteAnswer<Name> }
