import { type HttpHandler, HttpResponse, http } from 'msw/http'
import { type Route, type RouteName, routes } from '../contracts/routes.ts'
import { answerRoute } from './answerRoute.ts'
import type { Fault } from './Fault.ts'
import type { FaultBook } from './FaultBook.ts'
import { TestProblem } from './TestProblem.ts'
import type { VenueContext } from './VenueContext.ts'

/** A request that reached the venue. */
export interface TestRequest {
  route: RouteName
  /** With its query. */
  path: string
}

export interface RouteSurroundings {
  venue: VenueContext
  faults: FaultBook
  requests: TestRequest[]
  latencyMs: (route: RouteName) => number
}

type Work = () => Promise<Response>

/** What a fault makes of the work. */
const strike: { [Kind in Fault['kind']]: (fault: Extract<Fault, { kind: Kind }>, work: Work) => Promise<Response> } = {
  problem: async ({ kind: _kind, times: _times, code, ...details }) => new TestProblem(code, details).toResponse(),
  status: async ({ status, body = '' }) => new Response(body, { status }),
  network: async () => HttpResponse.error(),
  lost_answer: async (_fault, work) => {
    await work()
    return HttpResponse.error()
  },
  wait: async ({ until }, work) => {
    await until
    return work()
  },
}

const strikeWith = (fault: Fault, work: Work): Promise<Response> =>
  (strike[fault.kind] as (fault: Fault, work: Work) => Promise<Response>)(fault, work)

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

const methods = { GET: http.get, POST: http.post, PUT: http.put, PATCH: http.patch, DELETE: http.delete }

/** The handler of one route of the contract. */
export const routeHandler = (name: RouteName, surroundings: RouteSurroundings): HttpHandler => {
  const { venue, faults, requests, latencyMs } = surroundings
  const route: Route = routes[name]
  return methods[route.method](`${venue.apiUrl}${route.path}`, async ({ request, params }) => {
    const { pathname, search } = new URL(request.url)
    requests.push({ route: name, path: pathname + search })
    const fault = faults.take(name)
    const delay = latencyMs(name)
    if (delay > 0) await pause(delay)
    const work = async () => {
      try {
        return await answerRoute(venue, name, request, params as Record<string, string>)
      } catch (error) {
        if (error instanceof TestProblem) return error.toResponse()
        throw error
      }
    }
    return fault ? strikeWith(fault, work) : work()
  })
}
