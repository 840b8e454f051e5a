import { DatabaseError } from '../ports/databaseError.ts'

/** Lets so many in at once; the others wait for their turn, so long at most. Throws `DatabaseError`, busy, after that. */
export const createGate = (places: number, patienceMs: number) => {
  let free = places
  const waiting = new Set<() => void>()

  const enter = (): Promise<void> => {
    if (free > 0) {
      free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const goIn = (): void => {
        clearTimeout(timer)
        waiting.delete(goIn)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.delete(goIn)
        reject(new DatabaseError('busy', `${places} slow reads are under way, and none has ended in time`))
      }, patienceMs)
      waiting.add(goIn)
    })
  }

  const leave = (): void => {
    const [next] = waiting
    if (next) next()
    else free += 1
  }

  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
