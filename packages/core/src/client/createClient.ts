import { type Route, type RouteName, routes } from '../contracts/routes.ts'
import { VenueKitError } from '../VenueKitError.ts'
import { Attempt, abortedError } from './Attempt.ts'
import { buildRequest, type CallInput, fillPath } from './buildRequest.ts'
import type { CallOptions } from './callOptions.ts'
import { createId } from './createId.ts'
import { readAnswer } from './readAnswer.ts'
import { retryDelay } from './retryDelay.ts'
import type { VenueKitClient } from './VenueKitClient.ts'
import { waitFor } from './waitFor.ts'

/**
 * The signed-in viewer's token, null where nobody is signed in. Called for each request; `fresh` is true after the
 * server refused the last one, and then a cached token is of no use.
 */
export type GetToken = (need: { fresh: boolean }) => string | null | undefined | Promise<string | null | undefined>

export interface ClientOptions {
  /** The API's address, such as `https://tickets.example` or `https://example.com/api`. */
  apiUrl: string
  /** `vk_pub_…` */
  publishableKey: string
  getToken?: GetToken | null | undefined
  /** Called with one `Request`; the page's own where it is missing. */
  fetch?: ((request: Request) => Response | Promise<Response>) | undefined
  /** For each attempt; 15 s where it is missing. */
  timeoutMs?: number | undefined
  /** Checks an answer and returns what the caller gets; a throw becomes `invalid_response`. */
  validate?: ((route: RouteName, answer: unknown) => unknown) | undefined
}

interface Settings extends ClientOptions {
  fetch: NonNullable<ClientOptions['fetch']>
  timeoutMs: number
}

/**
 * The typed client of the API: a method for each route.
 * @example
 * const client = createClient({ apiUrl: 'https://tickets.example', publishableKey: 'vk_pub_…' })
 * const { event } = await client.getEvent({ params: { eventId } })
 */
export const createClient = (options: ClientOptions): VenueKitClient => {
  const settings: Settings = {
    ...options,
    apiUrl: options.apiUrl.replace(/\/+$/, ''),
    fetch: options.fetch ?? (request => globalThis.fetch(request)),
    timeoutMs: options.timeoutMs ?? 15_000,
  }
  const methods = Object.keys(routes).map(name => [
    name,
    (input: CallInput = {}, call: CallOptions = {}) => callRoute(settings, name as RouteName, input, call),
  ])
  return Object.fromEntries(methods)
}

const callRoute = async (settings: Settings, name: RouteName, input: CallInput, given: CallOptions) => {
  const route: Route = routes[name]
  const request = `[${route.method}] ${fillPath(route, input.params ?? {})}`
  const options = route.idempotencyKey ? { ...given, idempotencyKey: given.idempotencyKey ?? createId() } : given
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await attemptCall(settings, route, request, input, options)
      return settings.validate ? check(settings.validate, name, request, answer) : answer
    } catch (error) {
      const delay = error instanceof VenueKitError ? retryDelay(error, attempt) : null
      if (delay === null) throw error
      await waitFor(delay, options.signal)
      if (options.signal?.aborted) throw abortedError(request, options.signal.reason)
    }
  }
}

/** One attempt; a token that was refused is asked for once more. */
const attemptCall = (settings: Settings, route: Route, request: string, input: CallInput, options: CallOptions) => {
  const attempt = new Attempt(request, options.timeoutMs ?? settings.timeoutMs, options.signal)
  const send = async (token: string | null) => {
    const { apiUrl, publishableKey } = settings
    const { signal } = attempt
    const built = buildRequest({ apiUrl, publishableKey, route, input, options, token, signal })
    return readAnswer(request, await settings.fetch(built))
  }
  return attempt.run(async () => {
    const token = await readToken(settings, route, request, false)
    try {
      return await send(token)
    } catch (error) {
      if (token === null || !(error instanceof VenueKitError) || error.code !== 'unauthorized') throw error
      const fresh = await readToken(settings, route, request, true)
      if (fresh === null || fresh === token) throw error
      return send(fresh)
    }
  })
}

/** Public reads go without a token: they are the same for everybody, and cacheable. */
const readToken = async ({ getToken }: Settings, route: Route, request: string, fresh: boolean) => {
  if (!getToken || (route.auth !== 'viewer' && !route.personal)) return null
  try {
    return (await getToken({ fresh })) ?? null
  } catch (cause) {
    const title = "The viewer's token could not be had"
    const detail = 'getToken threw'
    throw new VenueKitError({ request, code: 'unauthorized', status: null, title, detail, retryable: false, cause })
  }
}

const check = (validate: NonNullable<ClientOptions['validate']>, name: RouteName, request: string, answer: unknown) => {
  try {
    return validate(name, answer)
  } catch (cause) {
    const title = 'The answer is not what the contract promises'
    const detail = cause instanceof Error ? cause.message : undefined
    throw new VenueKitError({
      request,
      code: 'invalid_response',
      status: null,
      title,
      detail,
      retryable: false,
      cause,
    })
  }
}
