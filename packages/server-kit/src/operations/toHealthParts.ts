import type { HealthPart } from '@venuekit/core/contracts'
import type { HealthParts } from '../ports/auditFunctions.ts'
import { adviceOn } from './advice.ts'

const gravity = { critical: 0, warning: 1, notice: 2 }

/** What is wrong, the gravest and the most of it first, each with what it means; what is well is left out. */
export const toHealthParts = (parts: HealthParts, eventId: string | null): HealthPart[] =>
  Object.entries(parts)
    .filter(([, amount]) => amount !== 0)
    .map(([kind, amount]) => ({ kind, amount, ...adviceOn(kind, { eventId }) }))
    .sort(
      (left, right) =>
        gravity[left.severity] - gravity[right.severity] ||
        right.amount - left.amount ||
        left.kind.localeCompare(right.kind),
    )
