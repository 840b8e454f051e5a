import type { KnownPayment } from '../ports/reconciliationFunctions.ts'
import { flag, type Verdict } from './reconciliationRun.ts'

/** Money as one side tells of it. */
export interface Money {
  amountMinor: number | null
  currency: string | null
  mode: string | null
}

const isSame = (ours: Money, theirs: Money): boolean =>
  ours.amountMinor === theirs.amountMinor && ours.currency === theirs.currency && ours.mode === theirs.mode

const only = ({ amountMinor, currency, mode }: Money): Money => ({ amountMinor, currency, mode })

/** Our record of a payment beside what the gateway got. Never changes either. */
export const comparePayment = (
  ours: Omit<KnownPayment, 'objectId'>,
  objectId: string | null,
  theirs: Money,
): Verdict => {
  const { eventId, orderId, paymentId, status } = ours
  const subject = `payment:${paymentId}`
  const about = { eventId, orderId, paymentId, objectId }
  if (status === null) return flag({ kind: 'payment_record_lost', subject, detail: { ...about, theirs: only(theirs) } })
  if (isSame(ours, theirs)) return { kind: 'agreed', subject }
  return flag({ kind: 'payment_differs', subject, detail: { ...about, ours: only(ours), theirs: only(theirs) } })
}
