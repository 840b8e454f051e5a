import { callOffEvents } from '../services/callOffEvents.ts'
import { checkHealth } from '../services/checkHealth.ts'
import { deliverMessages } from '../services/deliverMessages.ts'
import { purge } from '../services/purge.ts'
import { rollUpSales } from '../services/rollUpSales.ts'
import { sendAlerts } from '../services/sendAlerts.ts'
import { sendRefunds } from '../services/sendRefunds.ts'
import { tendMedia } from '../services/tendMedia.ts'
import { expireReservations } from './expireReservations.ts'
import type { Job } from './job.ts'
import { processWebhooks } from './processWebhooks.ts'
import { reconcileBooks } from './reconcileBooks.ts'

/** Every job with its schedule. */
export const jobs = {
  'expire-reservations': expireReservations,
  'process-webhooks': processWebhooks,
  'cancel-events': { everySeconds: 60, maximumSeconds: 3600, run: callOffEvents },
  'send-refunds': { everySeconds: 60, run: sendRefunds },
  'send-messages': { everySeconds: 60, run: deliverMessages },
  'send-alerts': { everySeconds: 60, run: sendAlerts },
  reconcile: reconcileBooks,
  'tend-media': { everySeconds: 60, run: tendMedia },
  'roll-up-sales': { everySeconds: 60, run: rollUpSales },
  purge: { everySeconds: 3600, maximumSeconds: 3000, run: purge },
  'check-health': { everySeconds: 300, run: checkHealth },
} as const satisfies Record<string, Job>

export type JobName = keyof typeof jobs

export const jobNames = Object.keys(jobs) as JobName[]

export const isJobName = (name: string): name is JobName => Object.hasOwn(jobs, name)
