import type { OwnerConnection } from '../../../src/ports/database.ts'
import { ourSchemas } from './readGrants.ts'

/** One statement that must be refused unless `grants` allow it; all of them made from what the catalogue lists. */
export interface Probe {
  /** What allows it, but for the role. */
  needs: string
  sql: string
}

/**
 * What only an owner may do is allowed by nothing. A null within a select, since a bare one lets the planner answer for a
 * strict function without asking who may run it. No `grant`: it warns and does nothing instead of being refused.
 */
const generated = `
with ${ourSchemas}, relations as (
  select n.nspname || '.' || c.relname as name, format('%I.%I', n.nspname, c.relname) as quoted, c.relkind as kind,
    (select quote_ident(a.attname) from pg_attribute a
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
     order by a.attnum limit 1) as some_column
  from pg_class c join ours n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
), routines as (
  select n.nspname || '.' || p.proname as name, format('%I.%I', n.nspname, p.proname) as quoted,
    array(select format_type(t.type, null) from unnest(p.proargtypes::oid[]) with ordinality t (type, place)
      order by t.place) as types
  from pg_proc p join ours n on n.oid = p.pronamespace
), types as (
  select n.nspname || '.' || t.typname as name, format('%I.%I', n.nspname, t.typname) as quoted
  from pg_type t join ours n on n.oid = t.typnamespace where t.typcategory <> 'A'
)
select 'SELECT ' || case when kind in ('v', 'm') then 'view ' else 'table ' end || name as needs,
  'select * from ' || quoted as sql
from relations where kind <> 'S'
union all
select action || ' table ' || name, format(statement, quoted, some_column)
from relations cross join (values
  ('INSERT', 'insert into %1$s default values'), ('UPDATE', 'update %1$s set %2$s = %2$s'),
  ('DELETE', 'delete from %1$s'), ('TRUNCATE', 'truncate %1$s'), ('TRIGGER',
  'create trigger spy before update on %1$s for each row execute function suppress_redundant_updates_trigger()'),
  ('LOCK', 'lock table %1$s in access share mode'), ('OWN', 'alter table %1$s add column spy integer'),
  ('OWN', 'drop table %1$s cascade'), ('OWN', 'create index spy on %1$s (%2$s)'),
  ('OWN', 'alter table %1$s disable trigger all')
) as actions (action, statement)
where kind in ('r', 'p', 'f')
union all
select action || ' view ' || name, format(statement, quoted)
from relations cross join (values
  ('OWN', 'alter view %1$s rename to spy'), ('OWN', 'drop view %1$s cascade')
) as actions (action, statement)
where kind = 'v'
union all
select action || ' sequence ' || name, format(statement, quoted)
from relations cross join (values
  ('SELECT', 'select last_value from %1$s'), ('USAGE', 'select nextval(''%1$s'')'),
  ('UPDATE', 'select setval(''%1$s'', 1)')
) as actions (action, statement)
where kind = 'S'
union all
select 'EXECUTE function ' || name,
  format('select %s(%s)', quoted, array_to_string(array(select '(select null::' || t || ')' from unnest(types) t), ', '))
from routines
union all
select 'OWN function ' || name, format('alter function %s(%s) reset all', quoted, array_to_string(types, ', '))
from routines
union all
select 'USAGE type ' || name, 'create temporary table spy (stolen ' || quoted || ')' from types
union all
select action || ' schema ' || nspname, format(statement, nspname)
from ours cross join (values
  ('CREATE', 'create table %1$I.spy ()'),
  ('CREATE', 'create function %1$I.spy() returns integer language sql return 1'),
  ('OWN', 'drop schema %1$I cascade')
) as actions (action, statement)
union all
select 'OWN role venuekit_owner', statement
from (values ('set local role venuekit_owner'), ('alter role venuekit_owner login'),
  ('grant venuekit_owner to current_user'),
  ('alter default privileges for role venuekit_owner grant select on tables to public')) as actions (statement)`

export const readProbes = (connection: OwnerConnection): Promise<Probe[]> => connection.query<Probe>(generated)

/** Runs each statement by itself and undoes it; answers its SQLSTATE, or `done`. */
export const installRunner = (connection: OwnerConnection): Promise<void> =>
  connection.exec(`
    create schema probing;
    grant usage on schema probing to public;
    create function probing.run(statements text[]) returns text[] language plpgsql as $$
    declare
      statement text;
      states text[] := '{}';
      actor text := current_user;
    begin
      foreach statement in array statements loop
        begin
          execute statement;
          raise exception using errcode = 'PROBE';
        exception when others then
          states := states || case sqlstate when 'PROBE' then 'done' else sqlstate end;
        end;
        if current_user <> actor then raise exception 'became % by %', current_user, statement; end if;
      end loop;
      return states;
    end
    $$`)

/** What became of each probe, in a session of this role's; nothing of it stays. */
export const runProbes = async (
  connection: OwnerConnection,
  role: string,
  probes: Probe[],
  before = '',
): Promise<(Probe & { state: string })[]> => {
  await connection.exec(`begin; set local lock_timeout = '1s'; ${before}; set local session authorization ${role}`)
  try {
    const [answer] = await connection.query<{ states: string[] }>('select probing.run($1) as states', [
      probes.map(({ sql }) => sql),
    ])
    return probes.map((probe, index) => ({ ...probe, state: answer?.states[index] ?? 'missing' }))
  } finally {
    await connection.exec('rollback')
  }
}
