import type { OwnerConnection } from '../../../src/ports/database.ts'
import type { Grant } from './allowList.ts'

/** The schemas that are ours, whatever their names: those of the owner, and any in which it has something. */
export const ourSchemas = `
ours as (
  select n.oid, n.nspname, n.nspacl, n.nspowner from pg_namespace n
  where n.nspowner = 'venuekit_owner'::regrole
    or exists (select from pg_class c where c.relnamespace = n.oid and c.relowner = 'venuekit_owner'::regrole
      and c.relpersistence <> 't' and c.relkind <> 't' and n.nspname <> 'pg_toast')
    or exists (select from pg_proc p where p.pronamespace = n.oid and p.proowner = 'venuekit_owner'::regrole)
)`

const grants = `
with ${ourSchemas}, objects (kind, name, acl) as (
  select 'schema', n.nspname::text, coalesce(n.nspacl, acldefault('n', n.nspowner)) from ours n
  union all
  select case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'view' else 'table' end,
    n.nspname || '.' || c.relname,
    coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))
  from pg_class c join ours n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
  union all
  select 'column', c.oid::regclass || '.' || a.attname, a.attacl
  from pg_attribute a join pg_class c on c.oid = a.attrelid join ours n on n.oid = c.relnamespace
  where a.attacl is not null
  union all
  select 'function', n.nspname || '.' || p.proname, coalesce(p.proacl, acldefault('f', p.proowner))
  from pg_proc p join ours n on n.oid = p.pronamespace
  union all
  select 'type', n.nspname || '.' || t.typname, coalesce(t.typacl, acldefault('T', t.typowner))
  from pg_type t join ours n on n.oid = t.typnamespace where t.typcategory <> 'A'
  union all
  select 'default', d.defaclobjtype::text || coalesce(' in ' || n.nspname, ''), d.defaclacl
  from pg_default_acl d left join ours n on n.oid = d.defaclnamespace
  where n.oid is not null
)
select distinct coalesce(r.rolname, 'public') || ' ' || a.privilege_type || ' ' || o.kind || ' ' || o.name
  || case when a.is_grantable then ' with grant option' else '' end as grant
from objects o cross join lateral aclexplode(o.acl) a left join pg_roles r on r.oid = a.grantee
where a.grantee <> 'venuekit_owner'::regrole`

/** Every privilege on anything of ours that somebody else than the owner has, from the catalogue's own lists. */
export const readGrants = async (connection: OwnerConnection): Promise<Grant[]> => {
  const rows = await connection.query<{ grant: Grant }>(grants)
  return rows.map(row => row.grant)
}
