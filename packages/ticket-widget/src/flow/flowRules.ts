import type { OrderMemory } from '../checkout/orderMemory.ts'
import type { FlowEvent, FlowEventOf } from './flowEvent.ts'
import type { FlowState, StateAt } from './flowState.ts'
import type { WorkContext } from './flowWorld.ts'

/** What an event makes of a state, by both names. */
export type Handlers = {
  readonly [At in FlowState['at']]?: {
    readonly [Type in FlowEvent['type']]?: (state: StateAt<At>, event: FlowEventOf<Type>) => FlowState
  }
}

/** What a state does when it begins, and again at each new attempt; the others wait for the buyer. */
export type Work = {
  readonly [At in FlowState['at']]?: (state: StateAt<At>, context: WorkContext) => void | Promise<void>
}

/** The law of the flow. That of choosing comes first; the whole is loaded when an order comes near. */
export interface FlowRules {
  readonly handlers: Handlers
  readonly work: Work
  /** Keeps in the memory what the step from one state to another leaves to be found again. */
  readonly keepOrder?: (memory: OrderMemory, before: FlowState, after: FlowState) => void
}

/** The state after an event. Pure; an event that means nothing in a state leaves it as it is. */
export const next = ({ handlers }: FlowRules, state: FlowState, event: FlowEvent): FlowState => {
  const handle = handlers[state.at]?.[event.type] as ((state: FlowState, event: FlowEvent) => FlowState) | undefined
  if (handle) return handle(state, event)
  return event.type === 'eventLoaded' ? ({ ...state, event: event.event } as FlowState) : state
}
