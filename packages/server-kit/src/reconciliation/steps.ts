import { disputeStep } from './disputeStep.ts'
import { ourDisputeStep } from './ourDisputeStep.ts'
import { ourPaymentStep } from './ourPaymentStep.ts'
import { ourRefundStep } from './ourRefundStep.ts'
import { paymentStep } from './paymentStep.ts'
import { pendingPaymentStep } from './pendingPaymentStep.ts'
import type { StepName } from './reconciliationReport.ts'
import type { Step } from './reconciliationRun.ts'
import { refundStep } from './refundStep.ts'
import { sessionStep } from './sessionStep.ts'

/** Every comparison by its name. */
export const steps: Readonly<Record<StepName, Step>> = {
  sessions: sessionStep,
  payments: paymentStep,
  refunds: refundStep,
  disputes: disputeStep,
  ourPayments: ourPaymentStep,
  ourRefunds: ourRefundStep,
  ourDisputes: ourDisputeStep,
  pendingPayments: pendingPaymentStep,
}
