import { challengeHeader, headers, keyParameter } from '../contracts/headers.ts'
import type { Route } from '../contracts/routes.ts'
import { VenueKitError } from '../VenueKitError.ts'
import type { CallOptions } from './callOptions.ts'

/** A call's input, whatever its route. */
export interface CallInput {
  params?: Readonly<Record<string, unknown>>
  query?: Readonly<Record<string, unknown>>
  body?: unknown
}

export interface RequestFacts {
  /** Without a slash at its end; may have a path, or be one. */
  apiUrl: string
  publishableKey: string
  route: Route
  input: CallInput
  options: CallOptions
  /** The viewer's token; null where none is sent. */
  token: string | null
  signal: AbortSignal
}

/** Builds the request. A read without credentials carries nothing that would cost a preflight. */
export const buildRequest = (facts: RequestFacts): Request => {
  const { route, input, options, token, publishableKey } = facts
  const path = fillPath(route, input.params ?? {})
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null) query.set(name, String(value))
  }
  const sent = new Headers()
  if (route.method === 'GET' && route.auth === 'key' && token === null) query.set(keyParameter, publishableKey)
  else sent.set(headers.publishableKey, publishableKey)
  if (token !== null) sent.set('Authorization', `Bearer ${token}`)
  if (options.orderToken !== undefined) sent.set(headers.orderToken, options.orderToken)
  if (options.lastEventId !== undefined) sent.set('Last-Event-ID', options.lastEventId)
  if (options.challenge !== undefined) sent.set(challengeHeader, options.challenge)
  if (options.idempotencyKey !== undefined) sent.set(headers.idempotencyKey, options.idempotencyKey)
  const init: RequestInit = { method: route.method, headers: sent, signal: facts.signal, credentials: 'omit' }
  if (options.keepalive) init.keepalive = true
  if (input.body !== undefined) {
    sent.set('Content-Type', 'application/json')
    init.body = JSON.stringify(input.body)
  }
  const search = query.size > 0 ? `?${query}` : ''
  try {
    return new Request(`${facts.apiUrl}${path}${search}`, init)
  } catch (cause) {
    throw unusable(`[${route.method}] ${path}`, `"${facts.apiUrl}" is not an address of an API: check apiUrl`, cause)
  }
}

/** The route's path with its parameters in. Empty and dot segments would reach another route. */
export const fillPath = ({ method, path }: Route, params: Readonly<Record<string, unknown>>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    const segment = value === undefined || value === null ? '' : String(value)
    if (/^\.{0,2}$/.test(segment)) throw unusable(`[${method}] ${path}`, `params.${name} is missing or not an id`)
    return encodeURIComponent(segment)
  })

const unusable = (request: string, detail: string, cause?: unknown): VenueKitError =>
  new VenueKitError({
    request,
    code: 'invalid_request',
    status: null,
    title: 'The request was not sent',
    detail,
    retryable: false,
    cause,
  })
