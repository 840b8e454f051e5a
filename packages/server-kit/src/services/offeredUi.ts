import type { PaymentUi } from '@venuekit/core/contracts'
import type { KitContext } from './kitContext.ts'

/** How the buyer will pay: as wished where the gateway can, which for an embedded checkout takes its publishable key. */
export const offeredUi = ({ gateway }: Pick<KitContext, 'gateway'>, wish: PaymentUi | undefined): PaymentUi =>
  wish === 'embedded' && gateway.publishableKey !== null ? 'embedded' : 'redirect'
