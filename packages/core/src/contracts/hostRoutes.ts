/** Who may call: a gateway by its signature, a scheduler by bearer secret, anyone. */
export type HostRouteAuth = 'signature' | 'bearer' | 'none'

export interface HostRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly auth: HostRouteAuth
  readonly summary: string
}

/** Routes that machines call and no client library offers. */
export const hostRoutes = {
  stripeWebhook: { method: 'POST', path: '/webhooks/stripe', auth: 'signature', summary: "Stripe's events" },
  muxWebhook: { method: 'POST', path: '/webhooks/mux', auth: 'signature', summary: "Mux's events" },
  runJob: { method: 'POST', path: '/jobs/:name', auth: 'bearer', summary: 'Run a job if it is due' },
  metrics: { method: 'GET', path: '/metrics', auth: 'bearer', summary: 'Prometheus metrics' },
  healthz: { method: 'GET', path: '/healthz', auth: 'none', summary: 'Liveness and readiness' },
} as const satisfies Record<string, HostRoute>

export type HostRouteName = keyof typeof hostRoutes
