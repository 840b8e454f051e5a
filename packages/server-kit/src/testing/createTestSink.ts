import type { AlertMessage, AlertSink } from '../ports/alerts.ts'

export interface TestSink extends AlertSink {
  taken: AlertMessage[]
  /** How tries end before the sink is well again. */
  failures: Error[]
  whileSending: (() => Promise<unknown>) | null
}

/** A sink that keeps what it takes, and fails as it is told to. */
export const createTestSink = (name: string): TestSink => {
  const sink: TestSink = {
    name,
    taken: [],
    failures: [],
    whileSending: null,
    async send(message) {
      await sink.whileSending?.()
      const failure = sink.failures.shift()
      if (failure) throw failure
      sink.taken.push(message)
    },
  }
  return sink
}
