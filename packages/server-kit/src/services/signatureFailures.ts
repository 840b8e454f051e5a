import type { Database } from '../ports/database.ts'
import type { Background } from './background.ts'

/** Counts webhooks that were refused for their signature. Nothing of what they said is kept. */
export interface SignatureFailures {
  note(gateway: 'stripe' | 'mux'): void
  /** Writes down what was counted since the last time. */
  flush(): Promise<void>
}

/** A flood of them costs one write in so long, whatever it sends; its end is written when that is over. */
const restMs = 10_000

export const createSignatureFailures = (
  database: Database,
  background: Background,
  now: () => number = Date.now,
): SignatureFailures => {
  const counted = new Map<string, number>()
  let nextAt = 0
  let timer: ReturnType<typeof setTimeout> | null = null

  const add = (gateway: string, failures: number): void => {
    counted.set(gateway, (counted.get(gateway) ?? 0) + failures)
  }
  /** What is being written is out of the map, so that two at once write nothing twice; what was not is back in it. */
  const write = async (gateway: string, failures: number): Promise<void> => {
    counted.delete(gateway)
    try {
      await database.call('venuekit.count_signature_failures', { gateway, failures })
    } catch (error) {
      add(gateway, failures)
      throw error
    }
  }
  const flush = async (): Promise<void> => {
    nextAt = now() + restMs
    for (const gateway of [...counted.keys()]) {
      const failures = counted.get(gateway)
      if (failures !== undefined) await write(gateway, failures)
    }
  }
  const runSoon = (): void =>
    void background.run('count-signature-failures', () =>
      flush().finally(() => {
        if (counted.size > 0) arm()
      }),
    )
  const arm = (): void => {
    if (timer !== null) return
    timer = setTimeout(
      () => {
        timer = null
        if (counted.size > 0) runSoon()
      },
      Math.max(nextAt - now(), 0),
    )
    // A number where the host is not Node, which no timer keeps up there.
    if (typeof timer === 'object') timer.unref()
  }

  return {
    flush,
    note(gateway) {
      add(gateway, 1)
      if (now() >= nextAt) runSoon()
      else arm()
    },
  }
}
