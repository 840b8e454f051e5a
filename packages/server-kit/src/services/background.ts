import type { Log } from '../ports/log.ts'

/** Work that an answer does not wait for. Rows in the database stay the truth: a job redoes what is lost here. */
export interface Background {
  /** One run by name at a time; asking during a run means one more after it, of the work that was asked for last. */
  run(name: string, work: () => Promise<unknown>): Promise<void>
  /** Resolves when nothing runs any more. */
  drain(): Promise<void>
}

interface Run {
  next: (() => Promise<unknown>) | null
  done: Promise<void>
}

export const createBackground = (log: Log): Background => {
  const running = new Map<string, Run>()

  const repeat = async (name: string, run: Run): Promise<void> => {
    while (run.next !== null) {
      const work = run.next
      run.next = null
      try {
        await work()
      } catch (error) {
        log.error('background work failed', { work: name, error: String(error) })
      }
    }
    running.delete(name)
  }

  return {
    run(name, work) {
      const current = running.get(name)
      if (current) {
        // The work under way may have been told to end since.
        current.next = work
        return current.done
      }
      const run: Run = { next: work, done: Promise.resolve() }
      running.set(name, run)
      run.done = repeat(name, run)
      return run.done
    },
    async drain() {
      while (running.size > 0) await Promise.all([...running.values()].map(state => state.done))
    },
  }
}
