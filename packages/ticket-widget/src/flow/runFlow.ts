import type { OrderMemory } from '../orderMemory.ts'
import type { FlowEvent } from './flowEvent.ts'
import type { FlowState } from './flowState.ts'
import type { FlowWorld, WorkContext } from './flowWorld.ts'
import { next } from './next.ts'
import { work } from './work.ts'

export interface Flow {
  readonly state: FlowState
  dispatch(event: FlowEvent): void
  /** Begins the first state's work. */
  start(): void
  /** Reads the event anew. */
  refresh(): Promise<void>
  stop(): void
}

/** Keeps the flow's state, and turns each state into what it does: calls, timers, memory, navigation. */
export const runFlow = (world: FlowWorld, initial: FlowState, onState: (state: FlowState) => void): Flow => {
  let state = initial
  let working = new AbortController()
  const stopped = new AbortController()

  const dispatch = (event: FlowEvent) => {
    const before = state
    state = stopped.signal.aborted ? before : next(before, event)
    if (state === before) return
    if (state.at !== before.at) keepOrder(world.memory, state)
    if (workOf(state) !== workOf(before)) begin()
    onState(state)
  }

  const begin = () => {
    working.abort()
    working = new AbortController()
    const { signal } = working
    const context: WorkContext = { world, signal, dispatch: event => void (signal.aborted || dispatch(event)) }
    void work[state.at]?.(state as never, context)
  }

  const loadEvent = async () => {
    const { signal } = stopped
    try {
      const { event } = await world.client.getEvent({ params: { eventId: world.eventId } }, { signal })
      dispatch({ type: 'eventLoaded', event })
    } catch (error) {
      if (!signal.aborted) world.tell.failed(error)
    }
  }

  return {
    get state() {
      return state
    },
    dispatch,
    refresh: loadEvent,
    start() {
      begin()
      // An order found at once does not wait for the event, whose name heads the card all the same.
      if (state.at !== 'loading') void loadEvent()
    },
    stop() {
      stopped.abort()
      working.abort()
    },
  }
}

/** A change of this begins the state's work; all else is a change within the state. */
const workOf = (state: FlowState): string => `${state.at} ${'attempt' in state ? state.attempt : ''}`

const keepOrder = (memory: OrderMemory, state: FlowState): void => {
  if (state.at === 'done') memory.settle(state.token)
  // Starting anew, or an order that came to its end; one under review may still be fulfilled.
  else if (state.at === 'loading' || (state.at === 'ended' && state.reason !== 'review')) memory.forget()
}
