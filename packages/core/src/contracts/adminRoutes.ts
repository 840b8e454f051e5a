import type { Route } from './routes.ts'

const secret = (method: Route['method'], path: string, idempotencyKey = false) =>
  ({ method, path: `/v1/admin${path}`, auth: 'secret', idempotencyKey }) as const satisfies Route

/** What a device at the door may do besides. */
const scanner = (method: Route['method'], path: string) =>
  ({ method, path: `/v1/admin${path}`, auth: 'scanner', idempotencyKey: false }) as const satisfies Route

/** The host's own routes, by secret key. Never in a browser bundle. */
export const adminRoutes = {
  listAdminEvents: secret('GET', '/events'),
  createEvent: secret('POST', '/events'),
  getAdminEvent: secret('GET', '/events/:eventId'),
  updateEvent: secret('PATCH', '/events/:eventId'),
  pauseEvent: secret('PUT', '/events/:eventId/paused'),
  cancelEvent: secret('POST', '/events/:eventId/cancel', true),
  createTier: secret('POST', '/events/:eventId/tiers'),
  updateTier: secret('PATCH', '/events/:eventId/tiers/:tierId'),
  setTierCapacity: secret('PUT', '/events/:eventId/tiers/:tierId/capacity'),
  createPool: secret('POST', '/events/:eventId/pools'),
  setPoolCapacity: secret('PUT', '/events/:eventId/pools/:poolId/capacity'),
  searchOrders: secret('GET', '/events/:eventId/orders'),
  getAdminOrder: secret('GET', '/events/:eventId/orders/:orderId'),
  createComp: secret('POST', '/events/:eventId/comps', true),
  createDoorSale: secret('POST', '/events/:eventId/door-sales', true),
  reviewOrder: secret('POST', '/events/:eventId/orders/:orderId/review'),
  createRefund: secret('POST', '/events/:eventId/orders/:orderId/refunds', true),
  createCheckIn: scanner('POST', '/check-ins'),
  uploadCheckIns: scanner('POST', '/check-ins/batch'),
  listCheckInKeys: scanner('GET', '/check-in-keys'),
  listRevocations: scanner('GET', '/events/:eventId/revocations'),
  getCheckInSummary: scanner('GET', '/events/:eventId/check-ins'),
  undoCheckIn: secret('POST', '/events/:eventId/check-ins/:nonce/undo'),
  reissueTicket: secret('POST', '/events/:eventId/tickets/:ticketId/reissue'),
  getEventHealth: secret('GET', '/events/:eventId/health'),
  getHealth: secret('GET', '/health'),
  getOperations: secret('GET', '/operations'),
  listOperationsEvents: secret('GET', '/operations/events'),
  getOperationsEvent: secret('GET', '/operations/events/:eventId'),
  getSales: secret('GET', '/operations/sales'),
  listFeeds: secret('GET', '/feeds'),
  createFeed: secret('POST', '/feeds'),
  listReports: secret('GET', '/feeds/:feedId/reports'),
  resolveReports: secret('PUT', '/feeds/:feedId/reports/:postId'),
} as const satisfies Record<string, Route>

export type AdminRouteName = keyof typeof adminRoutes
