import { deliverMessages } from '../services/deliverMessages.ts'
import { expireReservations } from './expireReservations.ts'
import type { Job } from './job.ts'
import { processWebhooks } from './processWebhooks.ts'

/** Every job with its schedule. */
export const jobs = {
  'expire-reservations': expireReservations,
  'process-webhooks': processWebhooks,
  'send-messages': { everySeconds: 60, run: deliverMessages },
} as const satisfies Record<string, Job>

export type JobName = keyof typeof jobs

export const jobNames = Object.keys(jobs) as JobName[]

export const isJobName = (name: string): name is JobName => Object.hasOwn(jobs, name)
