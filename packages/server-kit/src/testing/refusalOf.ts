import type { MigratableDatabase } from '../ports/database.ts'

/** What the database throws at `statement`, run by its owner and undone; a sentence where it takes it. */
export const refusalOf = (database: MigratableDatabase, statement: string): Promise<unknown> =>
  database.withOwner(async connection => {
    await connection.exec('begin')
    try {
      await connection.exec(statement)
      return 'nothing refused it'
    } catch (thrown) {
      return thrown
    } finally {
      await connection.exec('rollback')
    }
  })

/** A statement that writes a row of `table` once more, with these columns, as SQL, changed. */
export const rowAgain = (table: string, columns: Record<string, string> = {}, where = 'true'): string => {
  const changed = Object.entries(columns).flatMap(([column, value]) => [`'${column}'`, value])
  return `insert into ${table} overriding system value
    select (jsonb_populate_record(t, jsonb_build_object(${changed.join(', ')}))).* from ${table} t where ${where} limit 1`
}

/** The names of all keys, references, checks and uniques in `schema`. */
export const constraintsOf = async (database: MigratableDatabase, schema: string): Promise<string[]> => {
  const found = await database.withOwner(connection =>
    connection.query<{ name: string }>(
      `select k.conname as name from pg_constraint k join pg_namespace n on n.oid = k.connamespace
       where n.nspname = $1 and k.contype in ('c', 'f', 'p', 'u')
       union
       select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and i.indisunique`,
      [schema],
    ),
  )
  return found.map(({ name }) => name)
}
