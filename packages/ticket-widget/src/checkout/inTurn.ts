const patienceMs = 10_000

/**
 * Tabs of one site do it one after the other. Where there are no locks, or the one before takes too long, it is done all
 * the same.
 */
export const inTurn = async <Result>(
  name: string,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> => {
  let begun = false
  const begin = () => {
    begun = true
    return work()
  }
  try {
    // Plain http has none.
    const locks: LockManager | undefined = globalThis.navigator?.locks
    if (!locks) return await begin()
    return await locks.request(name, { signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) }, begin)
  } catch (error) {
    if (begun || signal.aborted) throw error
    return begin()
  }
}
