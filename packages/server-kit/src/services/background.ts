import type { Log } from '../ports/log.ts'

/** Work that an answer does not wait for. Rows in the database stay the truth: a job redoes what is lost here. */
export interface Background {
  /** One run by name at a time; asking during a run means one more run after it. */
  run(name: string, work: () => Promise<unknown>): Promise<void>
  /** Resolves when nothing runs any more. */
  drain(): Promise<void>
}

export const createBackground = (log: Log): Background => {
  const running = new Map<string, { again: boolean; done: Promise<void> }>()

  const repeat = async (name: string, state: { again: boolean }, work: () => Promise<unknown>): Promise<void> => {
    do {
      state.again = false
      try {
        await work()
      } catch (error) {
        log.error('background work failed', { work: name, error: String(error) })
      }
    } while (state.again)
    running.delete(name)
  }

  return {
    run(name, work) {
      const current = running.get(name)
      if (current) {
        current.again = true
        return current.done
      }
      const state = { again: false, done: Promise.resolve() }
      running.set(name, state)
      state.done = repeat(name, state, work)
      return state.done
    },
    async drain() {
      while (running.size > 0) await Promise.all([...running.values()].map(state => state.done))
    },
  }
}
