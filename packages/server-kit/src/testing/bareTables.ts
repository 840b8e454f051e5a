import type { PgliteDatabase } from '../adapters/pgliteDatabase.ts'
import { createPgliteDatabase } from './createPgliteDatabase.ts'

type Row = Record<string, unknown>

/** Of rows whose rank, 0 to 3, is their place in the order that is asked for. */
export const idOf = (rank: number): string => `00000000-0000-4000-8000-00000000000${rank}`
/** The first of the year, and the days after it. */
export const dayOf = (rank: number): string => `2020-01-0${rank + 1}T00:00:00Z`

/** No row of any rank. */
export const none = (): [] => []
/** That row, once. */
export const only =
  <Row>(row: Row) =>
  (rank: number): Row | [] =>
    rank === 0 ? row : []

export interface OrderCase {
  /** Whose rows are made anew for the case, by rank; several rows of one rank where a list is answered. */
  tables: Record<string, (rank: number) => Row | Row[]>
  /** Done before anything is asked. */
  before?: string
  /** SQL that answers a JSON list of what ends with its rank. */
  ask: string
  /** The ranks that it is to answer. */
  answer: number[]
}

export interface BareTables {
  database: PgliteDatabase
  /** Ranks, in the order in which the case's question answers them. */
  answer(orderCase: OrderCase): Promise<number[]>
}

/** Worst first, but not backwards. */
const insertionOrder = [3, 1, 2, 0]

/**
 * Tables without references and triggers, and a planner that finds nothing sorted: no index is read, what is joined or
 * made distinct is hashed. What comes in an order was put into it.
 */
export const openBareTables = async (): Promise<BareTables> => {
  const database = await createPgliteDatabase()
  await database.withOwner(connection =>
    connection.exec(`set session_replication_role = replica; set enable_indexscan = off; set enable_indexonlyscan = off;
      set enable_bitmapscan = off; set enable_nestloop = off; set enable_mergejoin = off; set enable_sort = off`),
  )
  const insert = (table: string, rows: Row[]): Promise<unknown> => {
    const columns = Object.keys(rows[0] ?? {}).join(', ')
    return database.withOwner(connection =>
      connection.query(
        `insert into ${table} (${columns}) overriding system value select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(rows)],
      ),
    )
  }
  const exec = (sql: string): Promise<void> => database.withOwner(connection => connection.exec(sql))
  return {
    database,
    async answer({ tables, before, ask }) {
      for (const [table, rowOf] of Object.entries(tables)) {
        await exec(`delete from ${table}`)
        const rows = insertionOrder.flatMap<Row>(rowOf)
        if (rows.length > 0) await insert(table, rows)
      }
      if (before !== undefined) await exec(before)
      const [row] = await database.withOwner(connection => connection.query<{ ids: unknown[] | null }>(ask))
      return (row?.ids ?? []).map(id => Number(String(id).at(-1)))
    },
  }
}
