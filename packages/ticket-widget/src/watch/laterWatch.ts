import type { FlowState } from '../flow/flowState.ts'

/** Hears what other tabs and the server have to tell while the widget shows a state. */
export interface TicketsWatch {
  show(state: FlowState): void
  stop(): void
}

/** Loads it once there is something to look at; where that fails, with the next step again. */
export const laterWatch = (load: () => Promise<TicketsWatch>): TicketsWatch => {
  let watch: TicketsWatch | null = null
  let shown: FlowState | null = null
  let stopped = false

  const begin = async () => {
    const loaded = await load().catch(() => null)
    if (stopped) loaded?.stop()
    else watch = loaded
    if (shown) watch?.show(shown)
  }

  return {
    show(state) {
      const isNew = state.at !== shown?.at && state.at !== 'loading'
      shown = state
      if (watch) watch.show(state)
      else if (isNew) void begin()
    },
    stop() {
      stopped = true
      watch?.stop()
    },
  }
}
