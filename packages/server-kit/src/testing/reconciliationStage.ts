import type { CreateOrderResponse } from '@venuekit/core/contracts'
import type { ReconcileOptions } from '../reconciliation/reconcile.ts'
import type { ReconciliationReport, StepCounts } from '../reconciliation/reconciliationReport.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from './orderDesk.ts'
import { startTestKit, type TestKit } from './startTestKit.ts'

const webhookUrl = 'http://kit.test/webhooks/stripe'
const day = 24 * 3600_000

/** A kit whose books can be compared, and the ways in which they come apart. */
export interface ReconciliationStage extends TestKit {
  desk: OrderDesk
  /** By the shared clock, in milliseconds. */
  now(): number
  /** Compares the last day. Waiting takes no time; `slept` tells how long it would have been. */
  reconcile(options?: ReconcileOptions): Promise<{ report: ReconciliationReport; resumed: boolean; slept: number[] }>
  /** Does it while no webhook is sent. */
  silently<Result>(work: () => Result | Promise<Result>): Promise<Result>
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>
  /** An object of the gateway's as its API shows it. */
  read<Shape>(path: string): Promise<Shape>
  chargeOf(placed: CreateOrderResponse): Promise<string>
  /** A week later, with an empty gateway: the window of the next test holds nothing of the last one's. */
  refresh(): Promise<void>
}

export const counts = (change: Partial<StepCounts> = {}): StepCounts => ({
  read: 0,
  foreign: 0,
  agreed: 0,
  mended: 0,
  flagged: 0,
  stillFlagged: 0,
  ...change,
})

/** A report in which nothing was there to be compared. */
export const nothingRead = {
  sessions: counts(),
  payments: counts(),
  refunds: counts(),
  disputes: counts(),
  ourPayments: counts(),
  ourRefunds: counts(),
  ourDisputes: counts(),
  pendingPayments: counts(),
  findings: [],
}

export const startReconciliationStage = async (): Promise<ReconciliationStage> => {
  const kit = await startTestKit()
  const { twin, database } = kit
  const now = () => Date.parse(twin.control.clock().now)
  const read = async <Shape>(path: string): Promise<Shape> => {
    const answer = await fetch(`${twin.url}${path}`, { headers: { authorization: `Bearer ${twin.secretKey}` } })
    return (await answer.json()) as Shape
  }
  return {
    ...kit,
    desk: createOrderDesk(kit.call, `${kit.venue.origin}/`),
    now,
    read,
    async reconcile(options = {}) {
      const slept: number[] = []
      let time = 0
      const sleep = async (milliseconds: number) => {
        slept.push(milliseconds)
        time += milliseconds
      }
      const window = { from: new Date(now() - day), until: new Date(now()) }
      const result = await kit.kit.reconcile({ ...window, sleep, now: () => time, ...options })
      if (result.outcome === 'busy') throw new Error('another worker is at it')
      return { report: result.report, resumed: result.resumed, slept }
    },
    async silently(work) {
      twin.control.setWebhook({ url: null })
      try {
        return await work()
      } finally {
        twin.control.setWebhook({ url: webhookUrl })
      }
    },
    query: (sql, parameters = []) => database.withOwner(connection => connection.query(sql, parameters)),
    async chargeOf(placed) {
      const session = await read<{ payment_intent: string }>(`/v1/checkout/sessions/${sessionOf(placed)}`)
      return (await read<{ latest_charge: string }>(`/v1/payment_intents/${session.payment_intent}`)).latest_charge
    },
    async refresh() {
      await twin.control.settled()
      await kit.kit.drain()
      twin.control.reset()
      await twin.control.advance(7 * day)
      kit.alerts.splice(0)
    },
  }
}
