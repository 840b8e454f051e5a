import type { SqlFiles } from '../migrations/sqlFiles.ts'

/** What the SQL of a release makes, by name. */
export interface ExpectedObjects {
  constraints: string[]
  indexes: string[]
  /** Those of the indexes that let a value stand once. */
  uniqueIndexes: string[]
  triggers: string[]
  /** Tables that a crash may empty, with their schemas. */
  unloggedTables: string[]
  /** Functions that the application may run. */
  granted: string[]
  /** A function's own text, as `pg_proc.prosrc` has it. */
  bodies: Map<string, string>
  /** Functions that run as whoever calls them, or look names up by his path, on purpose: they name all in full. */
  inlined: Set<string>
  /** Functions that wait for locks no longer than they say, with what they say. */
  lockTimeouts: Map<string, string>
}

const all = (sql: string, shape: RegExp): string[] => [...sql.matchAll(shape)].map(match => match[1] ?? '')

const withoutComments = (sql: string): string => sql.replace(/--[^\n]*/g, '')

/** What is made and not dropped again by a later migration. */
const left = (sql: string, made: RegExp, dropped: RegExp): string[] => {
  const gone = new Set(all(sql, dropped))
  return [...new Set(all(sql, made))].filter(name => !gone.has(name))
}

/** Read from the text of the SQL itself: it cannot drift from what is installed. */
export const expectedObjects = ({ bootstrap, migrations, functions }: SqlFiles): ExpectedObjects => {
  const sql = withoutComments([bootstrap, ...migrations.map(each => each.sql)].join('\n'))
  const bodies = new Map<string, string>()
  const lockTimeouts = new Map<string, string>()
  const inlined = new Set<string>()
  const granted: string[] = []
  for (const { name, sql: text } of functions) {
    const body = /\bas \$\$([\s\S]*?)\$\$/.exec(text)?.[1]
    if (body !== undefined) bodies.set(name, body)
    if (!/security definer set search_path = ''/.test(text)) inlined.add(name)
    const timeout = /set lock_timeout = '([^']+)'/.exec(text)?.[1]
    if (timeout !== undefined) lockTimeouts.set(name, timeout)
    if (/grant execute on function \S+( \([^)]*\))? to [^;]*\bvenuekit_app\b/.test(text)) granted.push(name)
  }
  return {
    constraints: left(sql, /(?<!drop )\bconstraint (?!if )([a-z_]+)/g, /drop constraint (?:if exists )?([a-z_]+)/g),
    indexes: left(
      sql,
      /create (?:unique )?index (?:if not exists )?([a-z_]+) on/g,
      /drop index (?:if exists )?(?:\w+\.)?([a-z_]+)/g,
    ),
    uniqueIndexes: all(sql, /create unique index (?:if not exists )?([a-z_]+) on/g),
    unloggedTables: all(sql, /create unlogged table (?:if not exists )?([a-z_.]+)/g),
    // They stand beside the functions that they call.
    triggers: left(
      [sql, ...functions.map(each => each.sql)].join('\n'),
      /create (?:or replace )?trigger ([a-z_]+)/g,
      /drop trigger (?:if exists )?([a-z_]+)/g,
    ),
    granted,
    bodies,
    inlined,
    lockTimeouts,
  }
}
