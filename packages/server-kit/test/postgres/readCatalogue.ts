import pg from 'pg'

const ours = `n.nspname in ('venuekit', 'ticketing', 'feed', 'venuekit_api')`
const acl = (list: string, kind: string, owner: string) =>
  `(select array_agg(format('%s %s by %s%s', coalesce(g.rolname, 'PUBLIC'), a.privilege_type, b.rolname,
      case when a.is_grantable then ' grantable' else '' end) order by g.rolname, a.privilege_type, b.rolname)
    from aclexplode(coalesce(${list}, acldefault('${kind}', ${owner}))) a
    left join pg_roles g on g.oid = a.grantee left join pg_roles b on b.oid = a.grantor)`

/** One query a kind of thing: what it is called and all that there is to know of it. */
const parts: Record<string, string> = {
  schemas: `select n.nspname as name, r.rolname as owner, ${acl('n.nspacl', 'n', 'n.nspowner')} as acl
    from pg_namespace n join pg_roles r on r.oid = n.nspowner where ${ours}`,
  relations: `select c.oid::regclass::text as name, c.relkind, c.relpersistence, c.reloptions, c.relrowsecurity, r.rolname as owner,
      case when c.relkind = 'S' then ${acl('c.relacl', 's', 'c.relowner')} else ${acl('c.relacl', 'r', 'c.relowner')} end as acl,
      case when c.relkind = 'v' then pg_get_viewdef(c.oid) end as view
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
    where ${ours} and c.relkind in ('r', 'v', 'm', 'S', 'p', 'f', 'c')`,
  columns: `select c.oid::regclass::text || '.' || a.attname as name, a.attnum, format_type(a.atttypid, a.atttypmod) as type,
      a.attnotnull, a.attidentity, a.attgenerated, a.attcollation::regcollation::text as collation, a.attstattarget,
      a.attoptions, a.attacl::text, pg_get_expr(d.adbin, d.adrelid) as default
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where ${ours} and a.attnum > 0 and c.relkind in ('r', 'v', 'p') and not a.attisdropped`,
  constraints: `select k.conrelid::regclass::text || '.' || k.conname as name, pg_get_constraintdef(k.oid) as definition,
      k.convalidated, k.condeferrable
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace where ${ours}`,
  indexes: `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition, i.indisvalid, c.reloptions
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where ${ours}`,
  functions: `select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition, r.rolname as owner,
      ${acl('p.proacl', 'f', 'p.proowner')} as acl
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner where ${ours}`,
  triggers: `select t.tgrelid::regclass::text || '.' || t.tgname as name, pg_get_triggerdef(t.oid) as definition, t.tgenabled
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and not t.tgisinternal`,
  types: `select t.oid::regtype::text as name, t.typtype, ${acl('t.typacl', 'T', 't.typowner')} as acl, (select array_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as labels
    from pg_type t join pg_namespace n on n.oid = t.typnamespace where ${ours}`,
  comments: `select d.objoid::text || d.objsubid::text as name, d.description from pg_description d
    join pg_class c on c.oid = d.objoid join pg_namespace n on n.oid = c.relnamespace where ${ours}`,
  policies: `select p.polname as name from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where ${ours}`,
  defaultGrants: `select n.nspname as name, d.defaclacl::text from pg_default_acl d join pg_namespace n on n.oid = d.defaclnamespace where ${ours}`,
  migrations: 'select name, number, checksum from venuekit.migrations',
  applied: 'select name, checksum from venuekit.functions',
  release: 'select version as name from venuekit.release',
}

export type Catalogue = Record<string, Record<string, unknown>[]>

/** Everything that a database's catalogue says of VenueKit's schemas, and what was recorded as applied. */
export const readCatalogue = async (connectionString: string): Promise<Catalogue> => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query("set search_path = ''")
    const catalogue: Catalogue = {}
    for (const [part, sql] of Object.entries(parts)) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from (${sql}) q order by name, q::text`)
      catalogue[part] = rows
    }
    return catalogue
  } finally {
    await client.end()
  }
}
