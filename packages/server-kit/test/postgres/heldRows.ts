import { expect } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { testClock } from '../../src/testing/testClock.ts'

/** Each moment has thousandths of its own, by which it is known wherever it or a time counted from it is stored. */
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
  /** Tables with a time of before the wait. */
  staleTables(): Promise<string[]>
}

export const holdRows = async (database: MigratableDatabase): Promise<HeldRows> => {
  const clock = await testClock(database)
  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    database.withOwner(connection => connection.query<Row>(sql, parameters))
  const isWaiting = async (): Promise<boolean> => (await query('select from pg_locks where not granted')).length > 0
  const tables = await query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('venuekit', 'ticketing', 'feed') and c.relkind = 'r' and c.relname <> 'test_clock'`,
  )

  return {
    arrange: () => clock.set(arranged),
    waitFor: ({ hold, call, meanwhile = '' }) =>
      database.withOwner(async connection => {
        await clock.set(begun)
        try {
          await connection.exec(`begin; ${hold}`)
          let isDone = false
          const answer = call().finally(() => {
            isDone = true
          })
          await Promise.race([answer, expect.poll(isWaiting, { interval: 10, timeout: 2500 }).toBe(true)])
          expect(isDone, 'it did not wait').toBe(false)
          await connection.exec(`${meanwhile}; update venuekit.test_clock set stopped_at = '${letGo}'; commit`)
          return await answer
        } finally {
          await connection.exec('rollback')
        }
      }),
    pass: ({ hold, call }) =>
      database.withOwner(async connection => {
        try {
          await connection.exec(`begin; ${hold}`)
          return await call()
        } finally {
          await connection.exec('rollback')
        }
      }),
    async staleTables() {
      const stale: string[] = []
      for (const { name } of tables) {
        if ((await query(`select from ${name} t where to_jsonb(t)::text like '%:00.111%' limit 1`)).length > 0)
          stale.push(name)
      }
      return stale
    },
  }
}
