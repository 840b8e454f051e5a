import type { Endpoint, EndpointInput, EndpointOutput, EndpointParsed } from '../contracts/endpoint.ts'
import type { Endpoints } from '../contracts/endpoints.ts'
import type { RouteName } from '../contracts/routes.ts'
import type { CallOptions } from './callOptions.ts'

/** Query parameters travel as text; a caller may as well give what the server reads from them, such as a number. */
type Query<Sent, Parsed> = { [Name in keyof Sent]: Sent[Name] | (Name extends keyof Parsed ? Parsed[Name] : never) }

type WithQuery<Input, E extends Endpoint> = Input extends { query?: infer Sent }
  ? Omit<Input, 'query'> & { query?: Query<Sent, EndpointParsed<E> extends { query: infer Parsed } ? Parsed : never> }
  : Input

/** What a route takes: `{ params, query, body }`, each only where the route has it. */
export type ClientInput<Name extends RouteName> = WithQuery<EndpointInput<Endpoints[Name]>, Endpoints[Name]>

/** What a route answers. */
export type ClientOutput<Name extends RouteName> = EndpointOutput<Endpoints[Name]>

type Call<Input, Output> =
  Record<never, never> extends Input
    ? (input?: Input, options?: CallOptions) => Promise<Output>
    : (input: Input, options?: CallOptions) => Promise<Output>

/** One method a route, by the route's name. Every method throws `VenueKitError` and nothing else. */
export type VenueKitClient = {
  readonly [Name in RouteName]: Call<ClientInput<Name>, ClientOutput<Name>>
}
