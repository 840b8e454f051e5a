import * as z from 'zod/mini'

const days = (least: number, byDefault: number) =>
  z._default(z.int().check(z.minimum(least), z.maximum(3650)), byDefault)

/**
 * How many days of what is over are kept. Orders, tickets, money and the journal are kept for ever; where an order came
 * from is not.
 */
export const retention = z.strictObject({
  /** Gateway events that were worked on, with their payloads. A week at least: the gateway may deliver again. */
  webhooks: days(7, 90),
  /** Reports of comparisons with the gateway. */
  reconciliations: days(7, 400),
  /** Payments without an order that were claimed, sent back or settled. */
  orphanPayments: days(30, 400),
  /** Alerts that were resolved; what is heard of again after that is told of again. */
  alerts: days(7, 90),
  jobRuns: days(2, 30),
  /** What mail servers said about messages that went out in the end. */
  messageErrors: days(1, 30),
  /** Address, key and campaign of each order, from the end of its show on. Banks take disputes for 120 days. */
  orderOrigins: days(1, 180),
})

export type Retention = z.output<typeof retention>
