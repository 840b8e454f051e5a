import type { OrderStatus } from '@venuekit/core/contracts'
import { ProblemError } from './problemError.ts'

const gone: readonly OrderStatus[] = ['expiring', 'expired', 'cancelled']

/** Why an order in this state cannot be paid. */
export const notPayable = (status: OrderStatus): ProblemError =>
  gone.includes(status)
    ? new ProblemError('reservation_expired', { detail: 'The places were given back: order anew, under a new key.' })
    : new ProblemError('conflict', { detail: `The order is ${status}: there is nothing to pay.` })
