import type { OwnerConnection } from '../ports/database.ts'
import { brokenInvariants } from './brokenInvariants.ts'

/**
 * Throws what breaks a promise about places, tickets or money, in any order of any event: call it between the steps
 * of a test as `database.withOwner(checkInvariants)`.
 */
export const checkInvariants = async (connection: OwnerConnection): Promise<void> => {
  const broken = await brokenInvariants(connection)
  if (broken.length > 0) throw new Error(`the invariants are broken:\n${broken.join('\n')}`)
}
