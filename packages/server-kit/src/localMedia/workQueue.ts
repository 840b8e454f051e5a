/** Lets a few pieces of work run at a time; what is asked for twice meanwhile is done once. */
export const createWorkQueue = <Result>(maximum: number) => {
  const running = new Map<string, Promise<Result>>()
  const waiting: (() => void)[] = []
  let free = maximum

  const take = (): Promise<void> | undefined => {
    if (free > 0) {
      free -= 1
      return undefined
    }
    return new Promise(resolve => waiting.push(resolve))
  }
  const giveBack = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  const runOnce = async (work: () => Promise<Result>): Promise<Result> => {
    await take()
    try {
      return await work()
    } finally {
      giveBack()
    }
  }
  return (name: string, work: () => Promise<Result>): Promise<Result> => {
    const known = running.get(name)
    if (known) return known
    const result = runOnce(work).finally(() => running.delete(name))
    running.set(name, result)
    return result
  }
}
