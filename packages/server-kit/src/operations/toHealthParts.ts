import type { HealthPart } from '@venuekit/core/contracts'
import type { HealthParts } from '../ports/auditFunctions.ts'
import { adviceOn } from './advice.ts'

/** What is wrong, the most of it first, each with what it means; what is well is left out. */
export const toHealthParts = (parts: HealthParts): HealthPart[] =>
  Object.entries(parts)
    .filter(([, amount]) => amount !== 0)
    .map(([kind, amount]) => ({ kind, amount, ...adviceOn(kind) }))
    .sort((left, right) => right.amount - left.amount || left.kind.localeCompare(right.kind))
