import { sqlCall } from '../../packages/server-kit/src/adapters/sqlCall.ts'
import type { Database, SqlFunctionName, SqlResult } from '../../packages/server-kit/src/ports/database.ts'
import { openWireConnection } from './wireConnection.ts'

/**
 * The database port at the least cost to its caller: prepared statements on the bare protocol, no retries. Callers and
 * Postgres share the machine, and `pg` costs 130 microseconds of it a call, this 60: more than a refusal itself.
 */
export const wireDatabase = async (url: string, connections: number): Promise<Database> => {
  const all = await Promise.all(Array.from({ length: connections }, () => openWireConnection(url)))
  const idle = [...all]
  return {
    async call<Name extends SqlFunctionName>(name: Name, args: Record<string, unknown>) {
      const connection = idle.pop()
      if (!connection) throw new Error(`more than ${connections} callers at once`)
      try {
        return JSON.parse(await connection.run(sqlCall(name, args))) as SqlResult<Name>
      } finally {
        idle.push(connection)
      }
    },
    async close() {
      for (const connection of all) connection.close()
    },
  }
}
