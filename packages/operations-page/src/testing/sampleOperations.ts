import type {
  HealthPart,
  Operations,
  OperationsAlert,
  OperationsEvent,
  OperationsJob,
  Sales,
  SalesStep,
} from '@venuekit/core/contracts'

/** A moment so many minutes ago. */
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const jobNames = ['expire-reservations', 'process-webhooks', 'send-refunds', 'send-messages', 'check-health']

const job = (name: string, change: Partial<OperationsJob> = {}): OperationsJob => ({
  name,
  everySeconds: 60,
  dailyAt: null,
  lastStartedAt: ago(0.6),
  lastFinishedAt: ago(0.5),
  lastGoodAt: ago(0.5),
  result: 'good',
  error: null,
  due: false,
  stale: false,
  ...change,
})

const part = (kind: string, title: string, amount: number): HealthPart => ({
  kind,
  amount,
  severity: 'critical',
  title,
  meaning: 'Places are counted as reserved that no order holds: nobody has them, and they cannot be sold.',
  command: `venuekit audit --event ${idOf(3)}`,
})

const ghosts = part('ghost_reservations', 'Ghost reservations', 90)
const unpaid = part('paid_without_tickets', 'Paid without tickets', 4)
const strange = part('strange_new_thing_of_a_later_release', 'Strange new thing of a later release', 1)

const alert = (number: number, change: Partial<OperationsAlert> = {}): OperationsAlert => ({
  kind: 'ghost_reservations',
  severity: 'critical',
  title: 'Ghost reservations',
  meaning: ghosts.meaning,
  command: ghosts.command,
  fingerprint: `health:ghost_reservations:${number}`,
  summary: 'Late Set at the Harbour: 90 places',
  eventId: idOf(3),
  raisedAt: ago(14),
  seenAt: ago(1),
  seenCount: 3,
  resolvedAt: null,
  amount: 90,
  once: false,
  delivered: true,
  ...change,
})

/** A host with nothing wrong. */
export const wellOperations = (change: Partial<Operations> = {}): Operations => ({
  serverNow: ago(0),
  timeZone: 'Europe/Berlin',
  state: 'well',
  reasons: [],
  health: { score: 0, parts: [], events: 212, eventsWithFaults: 0, unchecked: 0, oldestCheckAt: ago(4) },
  alerts: {
    openCount: 0,
    open: [],
    resolved: [
      alert(1, { title: 'Webhooks late', summary: 'Oldest waits for 6 min', resolvedAt: ago(200) }),
      alert(2, { title: 'Dispute opened', summary: 'Late Set: $42.00', resolvedAt: ago(900), once: true }),
    ],
  },
  jobs: [
    ...jobNames.map(name => job(name)),
    job('reconcile', { everySeconds: null, dailyAt: '02:00', lastFinishedAt: ago(740) }),
  ],
  inbox: { waiting: 0, dead: 0, oldestWaitingAt: null, orphanPayments: 0, lastHandledAt: ago(0.3) },
  outbox: { waiting: 2, dead: 0, oldestWaitingAt: ago(0.1), lastSentAt: ago(0.4) },
  refunds: {
    underWay: 3,
    needReview: 0,
    oldestAt: ago(2),
    amounts: [
      { amountMinor: 12_600, currency: 'EUR' },
      { amountMinor: 4000, currency: 'JPY' },
    ],
  },
  reconciliation: {
    runId: idOf(9),
    status: 'finished',
    from: ago(3600),
    until: ago(720),
    startedAt: ago(735),
    finishedAt: ago(733),
    read: 18_402,
    mended: 2,
    flagged: 0,
    findings: [],
  },
  places: { capacity: 1_240_000, reserved: 1312, issued: 1_003_418 },
  ...change,
})

/** A host on its worst day. */
export const badOperations = (): Operations =>
  wellOperations({
    state: 'attention',
    reasons: [
      { kind: 'health', amount: 4 },
      { kind: 'alerts', amount: 3 },
      { kind: 'dead_webhooks', amount: 2 },
      { kind: 'stale_jobs', amount: 1 },
      { kind: 'a_reason_of_a_later_release', amount: 7 },
    ],
    alerts: {
      openCount: 3,
      open: [
        alert(3),
        alert(4, {
          title: 'Paid without tickets',
          summary: 'Sunday Session: 4 orders',
          raisedAt: ago(190),
          seenCount: 40,
        }),
        alert(5, {
          kind: 'strange_new_thing',
          severity: 'warning',
          title: 'Something that this version does not know',
          summary: 'a_name_without_any_place_to_break_it_that_goes_on_and_on_and_on_and_on',
          raisedAt: ago(4000),
          eventId: null,
          delivered: false,
        }),
      ],
      resolved: [],
    },
    jobs: [
      job('reconcile', {
        everySeconds: null,
        dailyAt: '02:00',
        result: 'failed',
        error: 'GatewayError: the gateway did not answer within 20 s',
        lastFinishedAt: ago(600),
      }),
      job('process-webhooks', { stale: true, lastFinishedAt: ago(47), result: 'running', error: null }),
      job('purge', { result: 'never', lastFinishedAt: null, lastStartedAt: null, lastGoodAt: null }),
      ...jobNames.slice(2).map(name => job(name)),
    ],
    inbox: { waiting: 41, dead: 2, oldestWaitingAt: ago(22), orphanPayments: 1, lastHandledAt: ago(22) },
    reconciliation: {
      runId: idOf(9),
      status: 'finished',
      from: ago(3600),
      until: ago(720),
      startedAt: ago(735),
      finishedAt: ago(733),
      read: 18_402,
      mended: 2,
      flagged: 2,
      findings: [
        { kind: 'payment_not_at_gateway', subject: 'payment:pi_3QkLm2Abcdefghijklmnopqrstu' },
        { kind: 'refund_differs', subject: 'refund:re_1QkLm' },
      ],
    },
  })

/** A host where nothing has happened yet. */
export const newOperations = (): Operations =>
  wellOperations({
    health: { score: 0, parts: [], events: 0, eventsWithFaults: 0, unchecked: 0, oldestCheckAt: null },
    alerts: { openCount: 0, open: [], resolved: [] },
    inbox: { waiting: 0, dead: 0, oldestWaitingAt: null, orphanPayments: 0, lastHandledAt: null },
    outbox: { waiting: 0, dead: 0, oldestWaitingAt: null, lastSentAt: null },
    refunds: { underWay: 0, needReview: 0, oldestAt: null, amounts: [] },
    reconciliation: null,
    places: { capacity: 0, reserved: 0, issued: 0 },
  })

const names = [
  'Late Set at the Harbour',
  'Marit Halvorsen quartet',
  'An evening whose name was typed by somebody who had a great deal to say about it, and said all of it here',
  'حفل موسيقي في الميناء',
  'Sunday Session',
  'Donaudampfschifffahrtsgesellschaftskapitänsmützenverleihabend',
]

export const sampleEvent = (number: number, change: Partial<OperationsEvent> = {}): OperationsEvent => {
  const issued = (number * 977) % 4800
  const tiers = [
    { id: idOf(100 + number), name: 'Front table', capacity: 800, reserved: 12, issued: Math.min(700, issued) },
    { id: idOf(200 + number), name: 'Standing', capacity: 4200, reserved: 40, issued: Math.max(0, issued - 700) },
  ]
  return {
    id: idOf(number),
    name: `${names[number % names.length]}${number >= names.length ? ` ${number}` : ''}`,
    status: number % 7 === 5 ? 'paused' : 'scheduled',
    startsAt: ago(-1440 * (number + 1)),
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    over: false,
    capacity: 5000,
    reserved: 52,
    issued,
    tiers,
    health: { score: 0, parts: [], checkedAt: ago(3) },
    ...change,
  }
}

export const damagedEvent = (): OperationsEvent =>
  sampleEvent(0, { health: { score: 95, parts: [ghosts, unpaid, strange], checkedAt: ago(2) } })

const stepMs: Record<SalesStep, number> = { minutes: 300_000, hour: 3_600_000, day: 86_400_000 }

/** A wave of sales, the same each time. */
export const sampleSales = (step: SalesStep, scale = 1): Sales => {
  const count = step === 'day' ? 60 : 72
  const now = Math.floor(Date.now() / stepMs[step]) * stepMs[step]
  return {
    step,
    timeZone: 'Europe/Berlin',
    reservedNow: 1312 * scale,
    buckets: Array.from({ length: count }, (_, index) => {
      const day = Math.sin((index / count) * Math.PI * 6) + 1.1
      const issued = Math.round((day * 160 + ((index * 37) % 50)) * scale)
      return {
        startsAt: new Date(now - (count - 1 - index) * stepMs[step]).toISOString(),
        issued,
        returned: index % 11 === 0 ? 2 * scale : 0,
        reserved: Math.round((700 + 600 * Math.sin(index / 9) ** 2 + index * 3) * scale),
        taken:
          issued === 0
            ? []
            : [
                { amountMinor: issued * 4200, currency: 'EUR' },
                ...(index % 3 === 0 ? [{ amountMinor: issued * 900, currency: 'JPY' }] : []),
              ],
        givenBack: index % 11 === 0 && scale > 0 ? [{ amountMinor: 8400, currency: 'EUR' }] : [],
      }
    }),
  }
}
