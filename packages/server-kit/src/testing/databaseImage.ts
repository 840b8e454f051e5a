import type { MigratableDatabase } from '../ports/database.ts'

/** Every row of every table, to prove that something changed nothing. */
export const databaseImage = (database: MigratableDatabase): Promise<Record<string, unknown>> =>
  database.withOwner(async connection => {
    const tables = await connection.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('venuekit', 'ticketing', 'feed') and c.relkind = 'r' order by 1`,
    )
    const image: Record<string, unknown> = {}
    for (const { name } of tables) {
      image[name] = await connection.query(`select to_jsonb(t) as row from ${name} t order by to_jsonb(t)::text`)
    }
    return image
  })
