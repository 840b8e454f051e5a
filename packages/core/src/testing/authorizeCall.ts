import { headers, keyParameter } from '../contracts/headers.ts'
import type { RouteAuth } from '../contracts/routes.ts'
import type { KeyCall, TestCallByAuth } from './TestCall.ts'
import { TestProblem } from './TestProblem.ts'

/** What a request says, before it is known who sent it. */
export interface Arrival {
  call: KeyCall
  orderId: string | undefined
}

const requireKey = ({ request, venue }: KeyCall): void => {
  const inQuery = request.method === 'GET' ? new URL(request.url).searchParams.get(keyParameter) : null
  const key = request.headers.get(headers.publishableKey) ?? inQuery
  if (key === venue.publishableKey) return
  const detail =
    key === null
      ? `Send the publishable key, vk_pub_…, as the header ${headers.publishableKey}.`
      : 'The publishable key is unknown, or it does not allow the origin of this page (scheme, host and port).'
  throw new TestProblem('forbidden', { detail })
}

/** How a call proves what its route asks for. */
export const authorizeCall: { [Auth in RouteAuth]: (arrival: Arrival) => TestCallByAuth[Auth] } = {
  key: ({ call }) => {
    requireKey(call)
    return call
  },
  viewer: ({ call }) => {
    requireKey(call)
    const { viewer } = call
    if (viewer) return { ...call, viewer }
    throw new TestProblem('unauthorized', { detail: 'Sign in and send the token.' })
  },
  order: ({ call, orderId }) => {
    requireKey(call)
    const token = call.request.headers.get(headers.orderToken)
    const stored = call.venue.state.orders.find(each => each.orderToken === token && each.order.id === orderId)
    if (stored) return { ...call, stored }
    const detail = `Send this order's own token as the header ${headers.orderToken}.`
    throw new TestProblem('unauthorized', { detail })
  },
  secret: () => {
    throw new TestProblem('unauthorized', { detail: 'Secret keys are for servers alone.' })
  },
  scanner: () => {
    throw new TestProblem('unauthorized', { detail: 'Doors are for the real server.' })
  },
}
