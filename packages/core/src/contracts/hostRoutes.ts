/** Who may call: a gateway or a media host by its signature, a scheduler by bearer secret, anyone. */
export type HostRouteAuth = 'stripe_signature' | 'mux_signature' | 'bearer' | 'none'

/** A route as data; `auth` says whose secret or signature opens it. */
export interface HostRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly auth: HostRouteAuth
  readonly summary: string
}

/** Routes that machines call and no client library offers. */
export const hostRoutes = {
  stripeWebhook: { method: 'POST', path: '/webhooks/stripe', auth: 'stripe_signature', summary: "Stripe's events" },
  muxWebhook: { method: 'POST', path: '/webhooks/mux', auth: 'mux_signature', summary: "Mux's events" },
  runJob: { method: 'POST', path: '/jobs/:name', auth: 'bearer', summary: 'Run a job if it is due' },
  metrics: { method: 'GET', path: '/metrics', auth: 'bearer', summary: 'Prometheus metrics' },
  healthz: { method: 'GET', path: '/healthz', auth: 'none', summary: 'Liveness; with ?ready, readiness' },
  readyz: { method: 'GET', path: '/readyz', auth: 'none', summary: 'Readiness' },
} as const satisfies Record<string, HostRoute>

export type HostRouteName = keyof typeof hostRoutes
