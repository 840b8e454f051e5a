import type { SqlResult } from '../ports/database.ts'
import { GatewayError } from '../ports/gatewayError.ts'
import { judgeDispute } from './judgeDispute.ts'
import { ownPageSize, ownPages } from './ownPages.ts'
import { flag, type ReconciliationRun, type Step, type Verdict } from './reconciliationRun.ts'

type OpenDispute = SqlResult<'ticketing.disputes_to_confirm'>['disputes'][number]

const judge = async (run: ReconciliationRun, ours: OpenDispute): Promise<Verdict> => {
  const { gatewayDisputeId, eventId, orderId, amountMinor } = ours
  await run.pace()
  try {
    return await judgeDispute(run, await run.context.gateway.getDispute(gatewayDisputeId), ours)
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'not_found') throw error
    const detail = { eventId, orderId, gatewayDisputeId, amountMinor, ourStatus: ours.status }
    return flag({ kind: 'dispute_not_at_gateway', subject: `dispute:${gatewayDisputeId}`, detail })
  }
}

/** Disputes that are not over, however old: their end may have been missed. */
export const ourDisputeStep: Step = run =>
  ownPages({
    async read() {
      const { disputes } = await run.context.database.call('ticketing.disputes_to_confirm', {
        run_id: run.runId,
        account: run.context.gateway.account,
        mode: run.context.gateway.mode,
        window_from: run.from,
        max_disputes: ownPageSize,
      })
      return disputes
    },
    identify: ({ gatewayDisputeId, eventId, orderId }) => ({
      subject: `dispute:${gatewayDisputeId}`,
      detail: { eventId, orderId, gatewayDisputeId },
    }),
    judge: ours => judge(run, ours),
  })
