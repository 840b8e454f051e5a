import { expect } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { testClock } from '../../src/testing/testClock.ts'

/**
 * Each moment has thousandths of its own, by which it is known wherever it or a time counted from it is stored. The day
 * before is no day on which anything happens.
 */
const arranged = '2030-01-01T10:00:00.555Z'
const begun = '2030-01-01T10:30:00.111Z'
const letGo = '2030-01-01T10:30:02.222Z'

interface Held<Answer> {
  /** SQL of another connection, which locks something and may change it. */
  hold: string
  call: () => Promise<Answer>
  /** SQL of that connection once the call waits. */
  meanwhile?: string | undefined
}

export interface HeldRows {
  /** Sets the clock to before anything. */
  arrange(): Promise<void>
  /** Answers the call, which was seen to wait for the other connection; the clock moved in its commit. */
  waitFor<Answer>(held: Held<Answer>): Promise<Answer>
  /** Answers the call, made while the other connection holds on. */
  pass<Answer>(held: Held<Answer>): Promise<Answer>
  /** Tables into which the last call wrote a time of before its wait, or of the day before. */
  staleTables(): Promise<string[]>
}

export const holdRows = async (database: MigratableDatabase): Promise<HeldRows> => {
  const clock = await testClock(database)
  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    database.withOwner(connection => connection.query<Row>(sql, parameters))
  const isWaiting = async (): Promise<boolean> => (await query('select from pg_locks where not granted')).length > 0
  let before = new Map<string, number>()
  const countStale = async (): Promise<Map<string, number>> => {
    const counts = new Map<string, number>()
    for (const { name } of tables) {
      const [row] = await query<{ count: number }>(
        `select count(*)::integer from ${name} t where to_jsonb(t)::text ~ ':00\\.111|2029-12-31'`,
      )
      counts.set(name, row?.count ?? 0)
    }
    return counts
  }
  const tables = await query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('venuekit', 'ticketing', 'feed') and c.relkind = 'r' and c.relname <> 'test_clock'`,
  )

  return {
    arrange: () => clock.set(arranged),
    waitFor: ({ hold, call, meanwhile = '' }) =>
      database.withOwner(async connection => {
        before = await countStale()
        await clock.set(begun)
        try {
          await connection.exec(`begin; ${hold}`)
          let isDone = false
          const answer = call().finally(() => {
            isDone = true
          })
          await Promise.race([answer, expect.poll(isWaiting, { interval: 10, timeout: 20_000 }).toBe(true)])
          expect(isDone, 'it did not wait').toBe(false)
          await connection.exec(`${meanwhile}; update venuekit.test_clock set stopped_at = '${letGo}'; commit`)
          return await answer
        } finally {
          await connection.exec('rollback')
        }
      }),
    pass: ({ hold, call }) =>
      database.withOwner(async connection => {
        before = await countStale()
        try {
          await connection.exec(`begin; ${hold}`)
          return await call()
        } finally {
          await connection.exec('rollback')
        }
      }),
    async staleTables() {
      const now = await countStale()
      return [...now.keys()].filter(name => (now.get(name) ?? 0) > (before.get(name) ?? 0))
    },
  }
}
