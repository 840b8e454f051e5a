import pg from 'pg'
import { retryConflicts } from '../../src/adapters/retryConflicts.ts'
import { sqlCall } from '../../src/adapters/sqlCall.ts'
import type { Database, MigratableDatabase, SqlFunctionName, SqlResult } from '../../src/ports/database.ts'
import type { TestDatabase } from '../../src/testing/testPostgres.ts'

/**
 * The worst pooler: each call goes to a connection by chance, which has just forgotten all that a session can remember.
 * What a call leaves behind in its session is lost, and what it expects there is missing.
 */
export const openHostilePool = async (database: TestDatabase, connections = 4): Promise<MigratableDatabase> => {
  const owner = database.open({ poolSize: 1 })
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: database.appUrl })
      await client.connect()
      return client
    }),
  )
  const call: Database['call'] = async <Name extends SqlFunctionName>(name: Name, args: Record<string, unknown>) => {
    const { text, values } = sqlCall(name, args)
    return retryConflicts(async () => {
      const client = clients[Math.floor(Math.random() * clients.length)]
      // One after the other on this connection, with nothing between that waits for an answer.
      const forgotten = client?.query('discard all')
      const answer = await client?.query<{ result: unknown }>(text, values)
      await forgotten
      return answer?.rows[0]?.result as SqlResult<Name>
    })
  }
  return {
    call,
    withOwner: owner.withOwner,
    async close() {
      for (const client of clients) await client.end()
      await owner.close()
    },
  }
}
