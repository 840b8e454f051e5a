import type { GatewayDispute } from '../ports/gatewayDispute.ts'
import type { KnownDispute } from '../ports/reconciliationFunctions.ts'
import { importDispute } from '../services/importDispute.ts'
import type { ReconciliationRun, Verdict } from './reconciliationRun.ts'

/** A dispute at the gateway beside our row of it, if there is one; news are imported as webhooks do it. */
export const judgeDispute = async (
  { context }: ReconciliationRun,
  theirs: GatewayDispute,
  ours: KnownDispute | null,
): Promise<Verdict> => {
  const subject = `dispute:${theirs.id}`
  if (ours?.status === theirs.status && ours.amountMinor === theirs.amountMinor) return { kind: 'agreed', subject }
  const outcome = await importDispute(context, theirs)
  if (outcome === 'not_ours') return { kind: 'foreign' }
  return { kind: outcome === 'unchanged' ? 'agreed' : 'mended', subject }
}
