import type { OwnerConnection } from '../../ports/database.ts'
import { type Check, ok, problem, skipped, some, type Verdict } from '../check.ts'

/** What calls run as, asked over a connection like theirs. */
interface LoginFacts {
  role: string
  superuser: boolean
  bypassesRowSecurity: boolean
  /** Whether it could act as the owner of the schemas. */
  isOwner: boolean
  /** Tables of ours that it can read or write. */
  tables: string[]
}

const mend =
  'log in as a member of venuekit_app that is nothing else, or give pgDatabase role: venuekit_app (not behind a transaction pooler)'

const judgeLogin = ({ role, superuser, bypassesRowSecurity, isOwner, tables }: LoginFacts): Verdict[] => {
  if (superuser)
    return [problem(`Calls run as ${role}, a superuser: nothing stands between them and the tables.`, mend)]
  if (isOwner) return [problem(`Calls run as ${role}, which may act as the owner of the schemas.`, mend)]
  if (tables.length > 0) return [problem(`Calls run as ${role}, which reaches tables: ${some(tables)}.`, mend)]
  if (bypassesRowSecurity) return [problem(`Calls run as ${role}, which bypasses row security.`, mend)]
  return [ok(`Calls run as ${role}, which reaches functions alone.`)]
}

const read = async (connection: OwnerConnection): Promise<LoginFacts> => {
  const [login] = await connection.query<Omit<LoginFacts, 'tables'>>(
    `select current_user::text as role, r.rolsuper as superuser, r.rolbypassrls as "bypassesRowSecurity",
       pg_catalog.pg_has_role(current_user, 'venuekit_owner', 'member') as "isOwner"
     from pg_catalog.pg_roles r where r.rolname = current_user`,
  )
  const tables = await connection.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name
     from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('venuekit', 'ticketing', 'feed') and c.relkind in ('r', 'p')
       and pg_catalog.has_table_privilege(current_user, c.oid, 'select, insert, update, delete, truncate')`,
  )
  if (!login) throw new Error('the database does not tell who calls run as')
  return { ...login, tables: tables.map(({ name }) => name) }
}

/** Whether calls have the application's rights and no more. */
export const loginCheck: Check = {
  name: 'login',
  async examine({ database }) {
    if (!database?.withApplication) return [skipped('this adapter has no session of the application to look at')]
    return judgeLogin(await database.withApplication(read))
  },
}
