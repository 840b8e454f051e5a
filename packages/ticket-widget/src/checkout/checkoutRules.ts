import type { FlowRules } from '../flow/flowRules.ts'
import { checkoutHandlers } from './checkoutHandlers.ts'
import { checkoutWork } from './checkoutWork.ts'
import { keepOrder } from './keepOrder.ts'

/** All the flow's states. */
export const checkoutRules: FlowRules = { handlers: checkoutHandlers, work: checkoutWork, keepOrder }
