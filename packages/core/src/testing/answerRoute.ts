import type { Endpoint } from '../contracts/endpoint.ts'
import { endpoints } from '../contracts/endpoints.ts'
import { headers } from '../contracts/headers.ts'
import { parsePart } from '../contracts/parsePart.ts'
import { type Route, type RouteName, routes } from '../contracts/routes.ts'
import { authorizeCall } from './authorizeCall.ts'
import { readInput } from './readInput.ts'
import { routeAnswers } from './routeAnswers.ts'
import type { KeyCall } from './TestCall.ts'
import { TestProblem } from './TestProblem.ts'
import type { VenueContext } from './VenueContext.ts'

/** The tables have checked these types. */
type AnyAnswer = (input: unknown, call: KeyCall) => unknown

const readIdempotencyKey = (request: Request, { idempotencyKey }: Route): string => {
  if (!idempotencyKey) return ''
  const key = request.headers.get(headers.idempotencyKey) ?? ''
  if (/^[\x21-\x7e]{8,200}$/.test(key)) return key
  const message = 'send this header: 8 to 200 visible ASCII characters, new for each order'
  throw new TestProblem('invalid_request', { fields: { [headers.idempotencyKey]: message } })
}

const readViewer = (venue: VenueContext, request: Request) => {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1]
  return token === undefined ? null : venue.readViewer(token)
}

/** A state that was set by hand may break the contract: then the test is wrong, and is told so. */
const toResponse = (name: RouteName, answer: unknown): Response => {
  const { response }: Endpoint = endpoints[name]
  if (response === null) return new Response(null, { status: 204 })
  if (response === 'stream') {
    return new Response(answer as ReadableStream, { headers: { 'Content-Type': 'text/event-stream' } })
  }
  const parsed = parsePart(response, answer, 'answer')
  if (parsed.ok) return Response.json(answer)
  const detail = `The test venue's state is not what the contract allows: ${name} would answer ${JSON.stringify(parsed.fields)}.`
  throw new TestProblem('internal', { detail, retryable: false })
}

/** One request to one route: who calls, what is sent, what is done, how it is answered. Throws `TestProblem`. */
export const answerRoute = async (
  venue: VenueContext,
  name: RouteName,
  request: Request,
  params: Record<string, string>,
): Promise<Response> => {
  const route: Route = routes[name]
  const arrival: KeyCall = { venue, request, viewer: readViewer(venue, request), idempotencyKey: '' }
  const call: KeyCall = authorizeCall[route.auth]({ call: arrival, orderId: params.orderId?.toLowerCase() })
  const idempotencyKey = readIdempotencyKey(request, route)
  const input = await readInput(request, endpoints[name], params)
  const answer = routeAnswers[name] as AnyAnswer
  return toResponse(name, answer(input, { ...call, idempotencyKey }))
}
