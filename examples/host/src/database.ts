import { rmSync } from 'node:fs'
import type { MigratableDatabase } from '@venuekit/server-kit'
import { DemoError } from './demoError.ts'
import { startEmbeddedPostgres } from './embeddedPostgres.ts'
import type { DatabaseChoice, DemoOptions } from './options.ts'
import type { RunningDemo } from './runningDemo.ts'

export interface DemoDatabase {
  database: MigratableDatabase
  /** Where the data lies, for people. */
  place: string
  /** How another process of this machine gets to it. */
  reach: RunningDemo['database']
  /** Ends the server behind it, once the database itself is closed. */
  stop(): Promise<void>
}

type Opener<Choice extends DatabaseChoice> = (
  choice: Choice,
  options: DemoOptions,
  password: string,
) => Promise<DemoDatabase>

const openers: { [Kind in DatabaseChoice['kind']]: Opener<Extract<DatabaseChoice, { kind: Kind }>> } = {
  embedded: async ({ folder }, { fresh, scratch }, password) => {
    const server = await startEmbeddedPostgres({ folder, password, fresh, scratch })
    return {
      database: await connect(server.url, 'venuekit_app'),
      place: `Postgres in ${folder}`,
      reach: { kind: 'embedded', port: server.port },
      stop: server.stop,
    }
  },
  pglite: async ({ folder }, { fresh }) => {
    if (fresh) rmSync(folder, { recursive: true, force: true })
    const { pgliteDatabase } = await import('@venuekit/server-kit/pglite')
    return {
      database: pgliteDatabase({ dataDir: folder }),
      place: `PGlite in ${folder}`,
      reach: { kind: 'pglite', folder },
      stop: async () => {},
    }
  },
  url: async ({ url }) => {
    const { host, pathname } = new URL(url)
    return { database: await connect(url), place: `Postgres at ${host}${pathname}`, reach: null, stop: async () => {} }
  },
}

/** With a role, calls run with the application's rights and no more; poolers refuse to be told one. */
const connect = async (connectionString: string, role?: string) => {
  const { pgDatabase } = await import('@venuekit/server-kit/pg')
  return pgDatabase({ connectionString, ...(role === undefined ? {} : { role }) })
}

/** Opens what the options choose; throws `DemoError` where it cannot be reached. */
export const openDatabase = (options: DemoOptions, password: string): Promise<DemoDatabase> => {
  const open = openers[options.database.kind] as Opener<DatabaseChoice>
  return open(options.database, options, password)
}

/** What a database that does not answer says, in one line and without the password. */
export const unreachable = (place: string, error: unknown): DemoError => {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  return new DemoError(`${place} cannot be used: ${reason}. Check DATABASE_URL, or leave it out for the embedded one.`)
}
