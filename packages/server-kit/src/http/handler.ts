import type {
  AdminEndpoints,
  AdminRouteName,
  EndpointOutput,
  EndpointParsed,
  Endpoints,
  RouteName,
  routes,
} from '@venuekit/core/contracts'
import type { Call, CallOf } from './call.ts'

type RouteHandler<Name extends RouteName> = (
  input: EndpointParsed<Endpoints[Name]>,
  call: CallOf<(typeof routes)[Name]['auth']>,
) => Promise<EndpointOutput<Endpoints[Name]>>

type AdminHandler<Name extends AdminRouteName> = (
  input: EndpointParsed<AdminEndpoints[Name]>,
  call: Call,
) => Promise<EndpointOutput<AdminEndpoints[Name]>>

export type RouteHandlers = { readonly [Name in RouteName]: RouteHandler<Name> }
export type AdminHandlers = { readonly [Name in AdminRouteName]: AdminHandler<Name> }
