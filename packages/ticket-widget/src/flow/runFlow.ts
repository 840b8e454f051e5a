import { placesIn } from '../cart.ts'
import { choosingHandlers, choosingRules } from './choosingRules.ts'
import { toFailure } from './failure.ts'
import type { FlowEvent } from './flowEvent.ts'
import { type FlowRules, next } from './flowRules.ts'
import type { FlowState } from './flowState.ts'
import type { FlowWorld, WorkContext } from './flowWorld.ts'
import { loadEvent } from './loadEvent.ts'
import { baseOf } from './restart.ts'

export interface Flow {
  readonly state: FlowState
  dispatch(event: FlowEvent): void
  /** Begins the first state's work. */
  start(): void
  /** Reads the event anew. */
  refresh(): Promise<void>
  stop(): void
}

export interface FlowOptions {
  world: FlowWorld
  initial: FlowState
  onState(state: FlowState): void
  /** The rules of all states, from their own chunk. */
  loadRules(): Promise<FlowRules>
}

/** Keeps the flow's state, and turns each state into what it does: calls, timers, memory, navigation. */
export const runFlow = ({ world, initial, onState, loadRules }: FlowOptions): Flow => {
  let state = initial
  let rules: FlowRules = choosingRules
  let isWhole = false
  let adding: Promise<void> | null = null
  let working = new AbortController()
  const stopped = new AbortController()

  const dispatch = (event: FlowEvent) => {
    if (stopped.signal.aborted) return
    if (restEvents.includes(event.type) && !isWhole) void addRest().then(() => isWhole && dispatch(event))
    else enter(next(rules, state, event))
  }

  const enter = (after: FlowState) => {
    const before = state
    if (after === before) return
    state = after
    if (state.at !== before.at && world.memory) rules.keepOrder?.(world.memory, before, state)
    if (workOf(state) !== workOf(before)) begin()
    if (needsRest(state)) void addRest()
    onState(state)
  }

  const begin = () => {
    working.abort()
    working = new AbortController()
    const { signal } = working
    const context: WorkContext = { world, signal, dispatch: event => void (signal.aborted || dispatch(event)) }
    void rules.work[state.at]?.(state as never, context)
  }

  const addRest = () => {
    adding ??= tryToAddRest()
    return adding
  }

  const tryToAddRest = async () => {
    try {
      rules = await loadRules()
      isWhole = true
      if (stopped.signal.aborted) return
      if (!(state.at in choosingHandlers)) begin()
      onState(state)
    } catch (error) {
      adding = null
      if (stopped.signal.aborted) return
      world.tell.failed(error)
      // Nothing was sent yet: after another try the cart is as it was.
      enter({ ...baseOf(state), at: 'unavailable', failure: { ...toFailure(error), code: 'network' } })
    }
  }

  const refresh = () => loadEvent({ world, signal: stopped.signal, dispatch })

  return {
    get state() {
      return state
    },
    dispatch,
    refresh,
    start() {
      begin()
      if (needsRest(state)) void addRest()
      // An order found at once does not wait for the event, whose name heads the card all the same.
      if (state.at !== 'loading') void refresh()
    },
    stop() {
      stopped.abort()
      working.abort()
    },
  }
}

/** What only the rest understands. */
const restEvents: readonly FlowEvent['type'][] = ['submitted', 'deviceChanged', 'resendWanted']

/** Whoever has chosen will order; and an order that was found is all rest. */
const needsRest = ({ at, cart }: FlowState): boolean =>
  !(at in choosingHandlers) || (at === 'choosing' && placesIn(cart) > 0)

/** A change of this begins the state's work; all else is a change within the state. */
const workOf = (state: FlowState): string => `${state.at} ${'attempt' in state ? state.attempt : ''}`
