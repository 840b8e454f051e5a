import { orWell, ownerCheck, problem, type Verdict, warning } from '../check.ts'

export interface ServerFacts {
  /** Such as 180001. */
  version: number
  inProcess: boolean
  standby: boolean
  /** A primary that was told to take no writes. */
  readOnly: boolean
  fsync: boolean
  fullPageWrites: boolean
  ownerIsSuperuser: boolean
  ownerCanLogIn: boolean
}

const oldest = 150_000

export const judgeServer = (facts: ServerFacts): Verdict[] => {
  const { version, inProcess, standby, readOnly, fsync, fullPageWrites } = facts
  const found: Verdict[] = []
  if (version < oldest) found.push(problem(`Postgres ${version / 10_000} is too old.`, 'use 15 or newer'))
  if (standby)
    found.push(problem('The address leads to a standby, which takes no sale.', 'give the address of the primary'))
  if (readOnly && !standby) {
    found.push(
      problem(
        'The database takes no writes: default_transaction_read_only is on.',
        'some providers set it when the disk is full: make room, then alter database … reset default_transaction_read_only',
      ),
    )
  }
  if (!inProcess && !fsync) {
    found.push(problem('fsync is off: a power cut loses tickets that were acknowledged.', 'set fsync = on and restart'))
  }
  if (!inProcess && !fullPageWrites) {
    found.push(problem('full_page_writes is off: a power cut can tear pages.', 'set full_page_writes = on'))
  }
  if (facts.ownerIsSuperuser && !inProcess) {
    found.push(
      warning(
        'venuekit_owner is a superuser: the functions run with rights over the whole server.',
        'alter role venuekit_owner nosuperuser',
      ),
    )
  }
  if (facts.ownerCanLogIn) {
    found.push(
      warning('venuekit_owner can log in.', 'alter role venuekit_owner nologin; migrate as another member of it'),
    )
  }
  const name = inProcess
    ? 'PGlite, for one process'
    : `Postgres ${Math.floor(version / 10_000)}, the primary, which commits durably`
  return orWell(found, `${name}.`)
}

export const serverCheck = ownerCheck(
  'server',
  async (query): Promise<ServerFacts> => {
    const [row] = await query<ServerFacts>(
      `select pg_catalog.current_setting('server_version_num')::integer as version,
         version() ~* 'pglite|emscripten|wasm' as "inProcess",
         pg_catalog.pg_is_in_recovery() as standby,
         pg_catalog.current_setting('default_transaction_read_only')::boolean as "readOnly",
         pg_catalog.current_setting('fsync')::boolean as fsync,
         pg_catalog.current_setting('full_page_writes')::boolean as "fullPageWrites",
         coalesce((select rolsuper from pg_catalog.pg_roles where rolname = 'venuekit_owner'), false) as "ownerIsSuperuser",
         coalesce((select rolcanlogin from pg_catalog.pg_roles where rolname = 'venuekit_owner'), false) as "ownerCanLogIn"`,
    )
    if (!row) throw new Error('the server does not tell what it is')
    return row
  },
  judgeServer,
)
