import { DatabaseError } from '../ports/databaseError.ts'
import { GatewayError } from '../ports/gatewayError.ts'
import { errorText } from '../services/errorText.ts'
import type { Comparison, Subject, Verdict } from './reconciliationRun.ts'

/** Gateway or database are away, too busy or refuse our key: it would go no better with anything else. */
const concernsAll = (error: unknown): boolean =>
  (error instanceof GatewayError && error.kind !== 'not_found') ||
  (error instanceof DatabaseError && (error.kind === 'unavailable' || error.kind === 'busy'))

/**
 * Judges one thing after the other. One that cannot be judged for a reason of its own, such as a damaged event, is
 * flagged and keeps nothing behind it waiting. Throws what concerns all of them: the run goes on from its last page.
 */
export const compareEach = async <Item>(
  items: readonly Item[],
  identify: (item: Item) => Subject,
  judge: (item: Item) => Promise<Verdict>,
): Promise<Comparison[]> => {
  const comparisons: Comparison[] = []
  for (const item of items) {
    const { subject, detail } = identify(item)
    const fingerprint = `comparison:${subject}`
    let verdict: Verdict
    try {
      verdict = await judge(item)
    } catch (error) {
      if (concernsAll(error)) throw error
      const told = { ...detail, error: errorText(error) }
      verdict = { kind: 'flagged', subject, finding: { kind: 'comparison_failed', subject: fingerprint, detail: told } }
    }
    comparisons.push({ fingerprint, verdict })
  }
  return comparisons
}
