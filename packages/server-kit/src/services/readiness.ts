import { DatabaseError } from '../ports/databaseError.ts'
import type { KitContext } from './kitContext.ts'
import { newestMigration } from './newestMigration.ts'
import { withinTime } from './withinTime.ts'

/** What keeps a node from serving. */
type Unreadiness = 'draining' | 'database_unreachable' | 'database_not_migrated' | 'database_older'

export type Readiness = { ready: true } | { ready: false; missing: Unreadiness; detail: string }

const details: Record<Unreadiness, string> = {
  draining: 'This node is told to end and finishes what it has begun.',
  database_unreachable: 'The database does not answer.',
  database_not_migrated:
    'The database has no schema of ours, or this login may not use it: run `venuekit migrate --apply`.',
  database_older: 'The database has an older schema than this version needs: run `venuekit migrate --apply`.',
}

/** What a question to the database may take before the node counts as not ready. */
const patienceMs = 3_000

const askDatabase = async ({ database, log }: KitContext): Promise<Unreadiness | null> => {
  try {
    const { migration } = await database.call('venuekit.read_schema', {})
    // A newer one is what an older node sees while a release rolls out.
    return migration < newestMigration ? 'database_older' : null
  } catch (error) {
    log.warn('the database is not ready', { error: String(error) })
    const answered = error instanceof DatabaseError && error.kind === 'failed'
    return answered ? 'database_not_migrated' : 'database_unreachable'
  }
}

/** Questions without an answer yet: however often probes come, a database that hangs has one. */
const pending = new WeakMap<KitContext, Promise<Unreadiness | null>>()

const askOnce = (context: KitContext): Promise<Unreadiness | null> => {
  const asked = pending.get(context)
  if (asked) return asked
  const asking = askDatabase(context).finally(() => pending.delete(context))
  pending.set(context, asking)
  return asking
}

/** Whether this node can serve. Says nothing of where or how the database is. */
export const readReadiness = async (context: KitContext, isDraining: boolean): Promise<Readiness> => {
  const missing = isDraining
    ? 'draining'
    : await withinTime(askOnce(context), patienceMs, 'database_unreachable' as const)
  return missing === null ? { ready: true } : { ready: false, missing, detail: details[missing] }
}
