import { setTimeout as delay } from 'node:timers/promises'
import type { DatabaseError } from '../ports/databaseError.ts'
import { conflictStates, toDatabaseError } from './toDatabaseError.ts'

/** How often a call is run at most. A lock time-out has waited 3 s already. */
const maximumRuns: Record<string, number> = {
  [conflictStates.serialization_failure]: 8,
  [conflictStates.deadlock_detected]: 8,
  [conflictStates.lock_not_available]: 2,
}

const mayRunAgain = ({ sqlState }: DatabaseError, runs: number): boolean => runs < (maximumRuns[sqlState ?? ''] ?? 1)

/** Runs again what lost against another transaction, after a wait with full jitter. Throws `DatabaseError`. */
export const retryConflicts = async <Result>(run: () => Promise<Result>): Promise<Result> => {
  for (let runs = 1; ; runs++) {
    try {
      return await run()
    } catch (thrown) {
      const error = toDatabaseError(thrown)
      if (!mayRunAgain(error, runs)) throw error
      await delay(Math.random() * 10 * 2 ** runs)
    }
  }
}
