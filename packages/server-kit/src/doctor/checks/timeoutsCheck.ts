import type { OwnerConnection } from '../../ports/database.ts'
import { type Check, ok, orWell, problem, skipped, type Verdict, warning } from '../check.ts'

/** Milliseconds, 0 for none, as a session of the application has them. */
interface TimeoutFacts {
  statementMs: number
  lockMs: number
  idleInTransactionMs: number
  /** PGlite, which fires none of them. */
  inProcess: boolean
}

/** An audit page or a batch of refunds takes seconds on a large event. */
const leastStatementMs = 10_000

const judgeTimeouts = ({ statementMs, lockMs, idleInTransactionMs, inProcess }: TimeoutFacts): Verdict[] => {
  if (inProcess) return [ok('PGlite fires no time-outs, and has no second connection to wait for.')]
  const found: Verdict[] = []
  if (statementMs === 0) {
    found.push(
      warning(
        'There is no statement_timeout: a call that hangs keeps its locks until somebody ends it.',
        "alter role <the application's login> set statement_timeout = '60s'",
      ),
    )
  } else if (statementMs < leastStatementMs) {
    found.push(
      problem(
        `statement_timeout is ${statementMs} ms: audits and batches of large events take longer.`,
        "alter role <the application's login> set statement_timeout = '60s'",
      ),
    )
  }
  if (lockMs > 0 && lockMs < 1000) {
    found.push(
      warning(
        `lock_timeout is ${lockMs} ms where a function sets none of its own: sales would answer busy for nothing.`,
        "leave lock_timeout to the functions: alter role <the application's login> reset lock_timeout",
      ),
    )
  }
  if (idleInTransactionMs === 0) {
    found.push(
      warning(
        'There is no idle_in_transaction_session_timeout: a client that dies in a transaction keeps its locks.',
        "alter database <this one> set idle_in_transaction_session_timeout = '60s'",
      ),
    )
  }
  return orWell(
    found,
    `Statements end after ${statementMs / 1000} s, idle transactions after ${idleInTransactionMs / 1000} s.`,
  )
}

const read = async (connection: OwnerConnection): Promise<TimeoutFacts> => {
  const rows = await connection.query<{ name: string; ms: number }>(
    `select name, setting::integer as ms from pg_catalog.pg_settings
     where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')`,
  )
  const [version] = await connection.query<{ text: string }>('select version() as text')
  const found = new Map(rows.map(({ name, ms }) => [name, ms]))
  return {
    statementMs: found.get('statement_timeout') ?? 0,
    lockMs: found.get('lock_timeout') ?? 0,
    idleInTransactionMs: found.get('idle_in_transaction_session_timeout') ?? 0,
    inProcess: /pglite|emscripten|wasm/i.test(version?.text ?? ''),
  }
}

/** What ends what hangs, in a session like those of calls. */
export const timeoutsCheck: Check = {
  name: 'timeouts',
  async examine({ database }) {
    if (!database?.withApplication) return [skipped('this adapter has no session of the application to look at')]
    return judgeTimeouts(await database.withApplication(read))
  },
}
