import { DatabaseError } from '../ports/databaseError.ts'

interface Gate {
  free: number
  /** In their order. */
  readonly waiting: Set<() => void>
}

/**
 * Lets so many with one key in at once; the others wait for their turn, so long at most. Throws `DatabaseError`, busy,
 * after that.
 */
export const createGates = (places: number, patienceMs: number) => {
  const gates = new Map<string, Gate>()

  const enter = (key: string): Promise<void> => {
    const gate = gates.get(key) ?? { free: places, waiting: new Set() }
    gates.set(key, gate)
    if (gate.free > 0) {
      gate.free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const goIn = (): void => {
        clearTimeout(timer)
        gate.waiting.delete(goIn)
        resolve()
      }
      const timer = setTimeout(() => {
        gate.waiting.delete(goIn)
        reject(new DatabaseError('busy', `${places} calls are under way (${key}), and none has ended in time`))
      }, patienceMs)
      gate.waiting.add(goIn)
    })
  }

  const leave = (key: string): void => {
    const gate = gates.get(key)
    if (!gate) return
    const [next] = gate.waiting
    if (next) next()
    else gate.free += 1
    if (gate.free === places) gates.delete(key)
  }

  return async <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    await enter(key)
    try {
      return await work()
    } finally {
      leave(key)
    }
  }
}
