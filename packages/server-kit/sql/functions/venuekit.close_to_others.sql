-- Takes back what new objects were given without anybody's asking: USAGE of types, which Postgres gives to PUBLIC, and
-- whatever the host's own defaults (`alter default privileges ... to anon, authenticated, service_role`) gave to the
-- roles of a REST layer. Theirs is `venuekit_api` and nothing else. Runs at the end of every migration, so that a table
-- needs no word about roles that most hosts do not have. EXECUTE of PUBLIC is not its matter: each function revokes it.
-- Answers how many grants it took back.
create or replace function venuekit.close_to_others() returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  taken integer := 0;
  statement text;
begin
  for statement in
    with roles as (
      select 0::oid as oid, 'public' as name
      union all
      select r.oid, quote_ident(r.rolname) from pg_catalog.pg_roles r
      where r.rolname in ('anon', 'authenticated', 'service_role')
    ), objects (kind, name, schema, acl) as (
      select 'schema', quote_ident(n.nspname), n.nspname, n.nspacl
      from pg_catalog.pg_namespace n where n.nspowner = current_user::regrole
      union all
      select case c.relkind when 'S' then 'sequence' else 'table' end, format('%I.%I', n.nspname, c.relname), n.nspname,
        c.relacl
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relowner = current_user::regrole and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      union all
      select 'function', p.oid::regprocedure::text, n.nspname, p.proacl
      from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      where p.proowner = current_user::regrole
      union all
      -- An array goes with its element.
      select 'type', format('%I.%I', n.nspname, t.typname), n.nspname,
        coalesce(t.typacl, acldefault('T', t.typowner))
      from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
      where t.typowner = current_user::regrole and t.typcategory <> 'A'
    )
    select format('revoke %s on %s %s from %s', a.privilege_type, o.kind, o.name, r.name)
    from objects o cross join lateral aclexplode(o.acl) a join roles r on r.oid = a.grantee
    where not (o.kind = 'function' and r.oid = 0)
      and not (o.schema = 'venuekit_api' and r.name = 'service_role' and a.privilege_type in ('USAGE', 'EXECUTE'))
  loop
    execute statement;
    taken := taken + 1;
  end loop;
  return jsonb_build_object('taken', taken);
end
$$;

revoke execute on function venuekit.close_to_others from public;
