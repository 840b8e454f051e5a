import type { OperationsAlert } from '@venuekit/core/contracts'
import type { StoredAlert } from '../ports/operationsFunctions.ts'
import { adviceOn } from './advice.ts'

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const idOf = (value: unknown): string | null => (typeof value === 'string' && uuidForm.test(value) ? value : null)

/** An alert with what it means. Of its fields only ids leave the kit. */
export const toAlert = ({ detail, ...alert }: StoredAlert): OperationsAlert => {
  const { summary } = detail
  const about = { eventId: idOf(detail.eventId), orderId: idOf(detail.orderId) }
  return {
    ...alert,
    ...adviceOn(alert.kind, about),
    summary: typeof summary === 'string' ? summary : alert.kind,
    eventId: about.eventId,
  }
}
