/**
 * Who may call: a publishable key alone; a signed-in viewer besides; the bearer of an order token; a secret key; a
 * scanner's key or a secret one.
 */
export type RouteAuth = 'key' | 'viewer' | 'order' | 'secret' | 'scanner'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `:name` parameters, relative to the API's address. */
  readonly path: string
  readonly auth: RouteAuth
  /** True where the request needs an `Idempotency-Key` header. */
  readonly idempotencyKey: boolean
  /** True where a signed-in viewer gets another answer: the client sends the viewer's token if there is one. */
  readonly personal?: true
}

/** Every route a browser may call. Plain data: the client ships this and no schema. */
export const routes = {
  listEvents: { method: 'GET', path: '/v1/events', auth: 'key', idempotencyKey: false },
  getEvent: { method: 'GET', path: '/v1/events/:eventId', auth: 'key', idempotencyKey: false },
  createOrder: { method: 'POST', path: '/v1/orders', auth: 'key', idempotencyKey: true },
  resendTickets: { method: 'POST', path: '/v1/orders/resend', auth: 'key', idempotencyKey: false },
  getOrder: { method: 'GET', path: '/v1/orders/:orderId', auth: 'order', idempotencyKey: false },
  cancelOrder: { method: 'DELETE', path: '/v1/orders/:orderId', auth: 'order', idempotencyKey: false },
  resumeCheckout: { method: 'POST', path: '/v1/orders/:orderId/checkout', auth: 'order', idempotencyKey: false },
  extendOrder: { method: 'POST', path: '/v1/orders/:orderId/extend', auth: 'order', idempotencyKey: true },
  syncOrder: { method: 'POST', path: '/v1/orders/:orderId/sync', auth: 'order', idempotencyKey: false },
  getFeed: { method: 'GET', path: '/v1/feeds/:feedId', auth: 'key', idempotencyKey: false, personal: true },
  listPosts: { method: 'GET', path: '/v1/feeds/:feedId/posts', auth: 'key', idempotencyKey: false, personal: true },
  createPost: { method: 'POST', path: '/v1/feeds/:feedId/posts', auth: 'viewer', idempotencyKey: false },
  deletePost: { method: 'DELETE', path: '/v1/posts/:postId', auth: 'viewer', idempotencyKey: false },
  setReaction: { method: 'PUT', path: '/v1/posts/:postId/reaction', auth: 'viewer', idempotencyKey: false },
  pinPost: { method: 'PUT', path: '/v1/posts/:postId/pin', auth: 'viewer', idempotencyKey: false },
  reportPost: { method: 'POST', path: '/v1/posts/:postId/report', auth: 'viewer', idempotencyKey: false },
  createUpload: { method: 'POST', path: '/v1/uploads', auth: 'viewer', idempotencyKey: false },
  getUpload: { method: 'GET', path: '/v1/uploads/:uploadId', auth: 'viewer', idempotencyKey: false },
  cancelUpload: { method: 'DELETE', path: '/v1/uploads/:uploadId', auth: 'viewer', idempotencyKey: false },
  live: { method: 'GET', path: '/v1/live', auth: 'key', idempotencyKey: false },
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof routes
