import type { OperationsAlert } from '@venuekit/core/contracts'
import type { StoredAlert } from '../ports/operationsFunctions.ts'
import { adviceOn } from './advice.ts'

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const toAlert = ({ detail, ...alert }: StoredAlert): OperationsAlert => {
  const { summary, eventId } = detail
  return {
    ...alert,
    ...adviceOn(alert.kind),
    summary: typeof summary === 'string' ? summary : alert.kind,
    eventId: typeof eventId === 'string' && uuidForm.test(eventId) ? eventId : null,
  }
}
