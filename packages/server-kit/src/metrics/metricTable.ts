/** What is exported: counters and histograms count since this process began; `database` says the same on every node. */
export interface Metric {
  readonly name: `venuekit_${string}`
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly of: 'process' | 'database'
  readonly help: string
  readonly labels: readonly string[]
  /** Upper bounds of a histogram's buckets, rising. */
  readonly buckets?: readonly number[]
}

const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const lagSeconds = [1, 2, 5, 10, 30, 60, 300, 900, 3600, 86_400]

/** Every metric by its short name. Labels take few values, fixed in advance, and nothing of a buyer. */
export const metricTable = {
  requests: {
    name: 'venuekit_http_requests_total',
    type: 'counter',
    of: 'process',
    help: 'Requests answered, by route pattern, method and status.',
    labels: ['route', 'method', 'status'],
  },
  requestSeconds: {
    name: 'venuekit_http_request_duration_seconds',
    type: 'histogram',
    of: 'process',
    help: 'How long answers took, to their first byte.',
    labels: ['route', 'method'],
    buckets: requestSeconds,
  },
  webhooks: {
    name: 'venuekit_webhooks_total',
    type: 'counter',
    of: 'process',
    help: 'Webhook deliveries by outcome: done, dead, ignored, pending (stored, to be tried again), refused (bad signature), failed.',
    labels: ['gateway', 'outcome'],
  },
  webhookLag: {
    name: 'venuekit_webhook_lag_seconds',
    type: 'histogram',
    of: 'process',
    help: 'From the moment the gateway made an event to the end of its work here.',
    labels: ['gateway'],
    buckets: lagSeconds,
  },
  liveStreams: {
    name: 'venuekit_live_streams',
    type: 'gauge',
    of: 'process',
    help: 'Live streams that are open at this node.',
    labels: [],
  },
  draining: {
    name: 'venuekit_draining',
    type: 'gauge',
    of: 'process',
    help: '1 while this node is told to end.',
    labels: [],
  },
  connections: {
    name: 'venuekit_database_connections',
    type: 'gauge',
    of: 'process',
    help: "Connections in this process's pool by state, and calls that wait for one; absent where the adapter has no pool.",
    labels: ['state'],
  },
  databaseUp: {
    name: 'venuekit_database_up',
    type: 'gauge',
    of: 'process',
    help: '0 where the database did not answer this scrape: then all metrics of the database are absent.',
    labels: [],
  },
  inboxWaiting: {
    name: 'venuekit_inbox_waiting',
    type: 'gauge',
    of: 'database',
    help: 'Stored gateway events that are not worked on yet.',
    labels: [],
  },
  inboxOldest: {
    name: 'venuekit_inbox_oldest_seconds',
    type: 'gauge',
    of: 'database',
    help: 'Age of the oldest event in the inbox that is not worked on; 0 where there is none.',
    labels: [],
  },
  inboxDead: {
    name: 'venuekit_inbox_dead',
    type: 'gauge',
    of: 'database',
    help: 'Gateway events that were given up: dead letters.',
    labels: [],
  },
  orphanPayments: {
    name: 'venuekit_orphan_payments',
    type: 'gauge',
    of: 'database',
    help: 'Payments without an order that are not settled, by state.',
    labels: ['state'],
  },
  outboxWaiting: {
    name: 'venuekit_outbox_waiting',
    type: 'gauge',
    of: 'database',
    help: 'Messages that wait to be sent.',
    labels: [],
  },
  outboxOldest: {
    name: 'venuekit_outbox_oldest_seconds',
    type: 'gauge',
    of: 'database',
    help: 'Age of the oldest message that waits; 0 where there is none.',
    labels: [],
  },
  outboxDead: {
    name: 'venuekit_outbox_dead',
    type: 'gauge',
    of: 'database',
    help: 'Messages that were given up.',
    labels: [],
  },
  refunds: {
    name: 'venuekit_refunds',
    type: 'gauge',
    of: 'database',
    help: 'Refunds that are not over, by state.',
    labels: ['state'],
  },
  reservations: {
    name: 'venuekit_reservations',
    type: 'gauge',
    of: 'database',
    help: 'Orders that hold places unpaid: live, overdue (their hold has ended), payment_pending.',
    labels: ['state'],
  },
  healthScore: {
    name: 'venuekit_health_score',
    type: 'gauge',
    of: 'database',
    help: 'What is wrong in all events, as check-health last saw it; 0 is perfect.',
    labels: [],
  },
  healthParts: {
    name: 'venuekit_health_faults',
    type: 'gauge',
    of: 'database',
    help: "The health score's parts.",
    labels: ['part'],
  },
  alerts: {
    name: 'venuekit_alerts_open',
    type: 'gauge',
    of: 'database',
    help: 'Alerts that are not resolved, by code; absent where there is none.',
    labels: ['code'],
  },
  jobLastRun: {
    name: 'venuekit_job_last_run_timestamp_seconds',
    type: 'gauge',
    of: 'database',
    help: "When a job's last run began; absent where there was none.",
    labels: ['job'],
  },
  jobLastSuccess: {
    name: 'venuekit_job_last_success_timestamp_seconds',
    type: 'gauge',
    of: 'database',
    help: 'When a run of the job last ended well; absent where none has.',
    labels: ['job'],
  },
  jobFailed: {
    name: 'venuekit_job_last_run_failed',
    type: 'gauge',
    of: 'database',
    help: "1 where the job's last run failed, or its process died.",
    labels: ['job'],
  },
  jobUnderWay: {
    name: 'venuekit_job_under_way',
    type: 'gauge',
    of: 'database',
    help: '1 while a run of the job is under way.',
    labels: ['job'],
  },
  jobStale: {
    name: 'venuekit_job_stale',
    type: 'gauge',
    of: 'database',
    help: '1 where no run of the job has ended well for too long.',
    labels: ['job'],
  },
} as const satisfies Record<string, Metric>

export type MetricKey = keyof typeof metricTable
