import type { MigratableDatabase, OwnerConnection } from '../../ports/database.ts'
import { type Check, ok, problem, skipped, type Verdict } from '../check.ts'

/** What became of a session's own things while another connection held a transaction open. */
interface PoolerFacts {
  /** The application's connections; null where the adapter has one alone. */
  application: Kept | null
  owner: Kept | null
}

interface Kept {
  /** The server process behind the connection stayed the same. */
  session: boolean
  /** A transaction stayed on one server process. */
  transaction: boolean
}

const judgePooler = ({ application, owner }: PoolerFacts): Verdict[] => {
  if (!application || !owner) return [ok('There is one connection, and no pooler.')]
  if (!application.transaction || !owner.transaction) {
    return [
      problem(
        'A pooler in statement mode stands before the database: it tears transactions apart.',
        'set it to transaction or session mode',
      ),
    ]
  }
  if (!owner.session) {
    return [
      problem(
        'Migrations go through a pooler in transaction mode: the role they act as may leak to others.',
        'give pgDatabase an ownerConnectionString that goes to Postgres itself',
      ),
    ]
  }
  return [
    ok(
      application.session
        ? 'Connections keep their session: none or a session pooler stands between.'
        : 'A pooler in transaction mode stands between: calls keep nothing in a session, and prepare no statements.',
    ),
  ]
}

type Open = NonNullable<MigratableDatabase['withApplication']>

const pidOf = async (connection: OwnerConnection): Promise<number> => {
  const [row] = await connection.query<{ pid: number }>('select pg_catalog.pg_backend_pid() as pid')
  return row?.pid ?? 0
}

/** Whether a statement of this connection falls into another one's transaction. */
const seesMark = async (connection: OwnerConnection): Promise<boolean> => {
  const [row] = await connection.query<{ mark: string | null }>(
    "select pg_catalog.current_setting('venuekit.doctor', true) as mark",
  )
  return row?.mark === 'in a transaction'
}

/** A pooler hands a server to whoever works: while another transaction is open, the next statement gets another one. */
const probe = (open: Open): Promise<Kept> =>
  open(async first => {
    const before = await pidOf(first)
    return open(async second => {
      try {
        await second.exec("begin; select pg_catalog.set_config('venuekit.doctor', 'in a transaction', true)")
      } catch {
        // A pooler in statement mode refuses it.
        return { session: false, transaction: false }
      }
      try {
        const inside = await pidOf(second)
        const after = await pidOf(first)
        return { session: before === after && inside !== before, transaction: !(await seesMark(first)) }
      } finally {
        await second.exec('rollback').catch(() => {})
      }
    })
  })

/** Which pooler stands before the database, and whether the kit can live with it. */
export const poolerCheck: Check = {
  name: 'pooler',
  async examine({ database }) {
    if (!database?.withApplication) return [skipped('this adapter has no session to look at')]
    if (await isInProcess(database)) return judgePooler({ application: null, owner: null })
    const { withApplication } = database
    return judgePooler({
      application: await probe(work => withApplication(work)),
      owner: await probe(work => database.withOwner(work)),
    })
  },
}

/** PGlite takes one after the other: a second connection would wait for the first for ever. */
const isInProcess = (database: MigratableDatabase): Promise<boolean> =>
  database.withOwner(async connection => {
    const [row] = await connection.query<{ text: string }>('select version() as text')
    return /pglite|emscripten|wasm/i.test(row?.text ?? '')
  })
