import { orWell, ownerCheck, problem, some, type Verdict } from '../check.ts'
import { expectedObjects } from '../expectedObjects.ts'

/** A right that somebody else than the owner has on something of ours. */
export interface GrantRow {
  kind: 'schema' | 'function' | 'table' | 'view' | 'sequence' | 'column'
  object: string
  /** `PUBLIC` for everybody. */
  grantee: string
  privilege: string
}

interface Facts {
  grants: GrantRow[]
  /** Functions that the application must be able to run. */
  granted: string[]
}

const roles = ['venuekit_owner', 'venuekit_app', 'venuekit_ops']

/** Rights that this release gives. */
const isGiven = ({ kind, object, grantee, privilege }: GrantRow, granted: ReadonlySet<string>): boolean => {
  if (grantee === 'service_role') return object.startsWith('venuekit_api') && (kind === 'schema' || kind === 'function')
  if (object.startsWith('venuekit_api')) return false
  if (kind === 'schema') return privilege === 'USAGE' && roles.includes(grantee)
  if (grantee === 'venuekit_app') return kind === 'function' && granted.has(object)
  return grantee === 'venuekit_ops' && (kind === 'view' || kind === 'function') && privilege !== 'UPDATE'
}

const describe = ({ privilege, object }: GrantRow): string => `${privilege} on ${object}`

/** What the application may do, and what nobody else may. */
const judgeGrants = ({ grants, granted }: Facts): Verdict[] => {
  const wanted = new Set(granted)
  const has = new Set(
    grants.filter(row => row.grantee === 'venuekit_app' && row.kind === 'function').map(row => row.object),
  )
  const missing = granted.filter(name => !has.has(name))
  const beyond = grants.filter(row => !isGiven(row, wanted))
  const grantees = [...new Set(beyond.map(({ grantee }) => grantee))]
  const found: Verdict[] = grantees.map(grantee =>
    problem(
      `${grantee} may do what it must not: ${some(beyond.filter(row => row.grantee === grantee).map(describe))}.`,
      `revoke it from ${grantee}, as the owner`,
    ),
  )
  if (missing.length > 0) {
    found.push(
      problem(
        `The application's role may not run ${some(missing)}.`,
        'grant execute on each of them to venuekit_app, as the owner',
      ),
    )
  }
  return orWell(found, `venuekit_app may run ${granted.length} functions and nothing else; PUBLIC may nothing.`)
}

const ours = "n.nspname in ('venuekit', 'ticketing', 'feed', 'venuekit_api')"
const named = "case a.grantee when 0 then 'PUBLIC' else a.grantee::regrole::text end"

export const grantsCheck = ownerCheck(
  'grants',
  async (query, { files }): Promise<Facts> => ({
    granted: expectedObjects(files).granted,
    grants: await query<GrantRow>(
      `with grants as (
         select 'schema' as kind, n.nspname::text as object, a.grantee, a.privilege_type, n.nspowner as owner
         from pg_catalog.pg_namespace n, pg_catalog.aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
         where ${ours}
         union all
         select 'function', n.nspname || '.' || p.proname, a.grantee, a.privilege_type, p.proowner
         from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace,
           pg_catalog.aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
         where ${ours}
         union all
         select case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end,
           n.nspname || '.' || c.relname, a.grantee, a.privilege_type, c.relowner
         from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace,
           pg_catalog.aclexplode(coalesce(c.relacl, acldefault(
             case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))) a
         where ${ours} and c.relkind in ('r', 'p', 'v', 'm', 'S')
         union all
         select 'column', n.nspname || '.' || c.relname || '.' || t.attname, a.grantee, a.privilege_type, c.relowner
         from pg_catalog.pg_attribute t join pg_catalog.pg_class c on c.oid = t.attrelid
           join pg_catalog.pg_namespace n on n.oid = c.relnamespace, pg_catalog.aclexplode(t.attacl) a
         where ${ours}
       )
       select kind, object, ${named} as grantee, privilege_type as privilege
       from grants a where a.grantee <> a.owner order by 3, 2, 4`,
    ),
  }),
  judgeGrants,
)
