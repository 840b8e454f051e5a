import type { Database } from '../ports/database.ts'
import type { Background } from './background.ts'

/** Counts webhooks that were refused for their signature. Nothing of what they said is kept. */
export interface SignatureFailures {
  note(gateway: 'stripe' | 'mux'): void
  /** Writes down what was counted since the last time. */
  flush(): Promise<void>
}

/** A flood of them costs one write in so long, whatever it sends. */
const restMs = 10_000

export const createSignatureFailures = (
  database: Database,
  background: Background,
  now: () => number = Date.now,
): SignatureFailures => {
  const counted = new Map<string, number>()
  let nextAt = 0

  const flush = async (): Promise<void> => {
    nextAt = now() + restMs
    const batch = [...counted]
    counted.clear()
    for (const [gateway, failures] of batch) {
      await database.call('venuekit.count_signature_failures', { gateway, failures })
    }
  }

  return {
    flush,
    note(gateway) {
      counted.set(gateway, (counted.get(gateway) ?? 0) + 1)
      if (now() >= nextAt) void background.run('count-signature-failures', flush)
    },
  }
}
