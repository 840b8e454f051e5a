import type { SqlFile } from '../migrations/sqlFiles.ts'
import { asOneStatement, asOwner } from './asOneStatement.ts'
import { dollarQuoted, quoted } from './sqlText.ts'

export interface FunctionsRelease {
  release: string
  /** Those that changed since the last release; all of them in the first. */
  functions: readonly SqlFile[]
  /** All of them: one that changes its result takes the views that name it with it. */
  views: readonly SqlFile[]
  /** Every name that this release has: what else is there goes. */
  names: readonly string[]
}

const rows = (files: readonly SqlFile[]): string =>
  files
    .map(({ name, checksum, sql }, place) => `(${place}, ${quoted(name)}, ${quoted(checksum)}, ${dollarQuoted(sql)})`)
    .join(',\n')

/** Nothing to apply is a table of no rows. */
const table = (files: readonly SqlFile[]): string =>
  files.length > 0
    ? `(values ${rows(files)}) as w (place, name, checksum, definition)`
    : `(select 0, ''::text, ''::text, ''::text where false) as w (place, name, checksum, definition)`

const list = (names: readonly string[]): string => `array[${names.map(quoted).join(', ')}]::text[]`

/** Sorts as the versions of packages do: a preview comes before its release. */
const sortKey = (version: string): string => {
  const bare = `pg_catalog.split_part(${version}, '+', 1)`
  const preview = `coalesce(pg_catalog."substring"(${bare}, '-(.*)$'), '')`
  const numbers = `pg_catalog.string_to_array(pg_catalog.split_part(${bare}, '-', 1), '.')::integer[]`
  return `(${numbers}, ${preview} = '', pg_catalog.length(${preview}), ${preview})`
}

const noteApplied = `insert into venuekit.functions (name, checksum, applied_at)
    values (wanted.name, wanted.checksum, clock_timestamp())
    on conflict (name) do update set checksum = excluded.checksum, applied_at = excluded.applied_at;`

const isNew = `not exists (select from venuekit.functions f where f.name = w.name and f.checksum = w.checksum)`

const dropViews = (views: readonly SqlFile[]): string =>
  views.map(({ name }) => `      drop view if exists ${name};`).join('\n')

const applyFunctions = ({ functions, views }: FunctionsRelease): string => `
  for wanted in select * from ${table(functions)} where ${isNew} order by w.place loop
    begin
      execute wanted.definition;
    exception when invalid_function_definition or ambiguous_function then
      -- Other arguments or another result: the old one goes first, and the views that may name it.
${dropViews(views)}
      views_dropped := true;
      for old_one in
        select p.oid::regprocedure::text from pg_catalog.pg_proc p
        join pg_catalog.pg_namespace n on n.oid = p.pronamespace where n.nspname || '.' || p.proname = wanted.name
      loop
        execute 'drop function ' || old_one;
      end loop;
      execute wanted.definition;
    end;
    ${noteApplied}
  end loop;`

const applyViews = ({ views }: FunctionsRelease): string => `
  for wanted in select * from ${table(views)} where views_dropped or ${isNew} order by w.place loop
    execute 'drop view if exists ' || wanted.name;
    execute wanted.definition;
    ${noteApplied}
  end loop;`

const dropOthers = ({ names }: FunctionsRelease): string => `
  for wanted in
    select f.name, c.relkind is not null as is_view from venuekit.functions f
    left join pg_catalog.pg_class c on c.oid = to_regclass(f.name) and c.relkind = 'v'
    where f.name <> all (${list(names)})
  loop
    if wanted.is_view then
      execute 'drop view ' || wanted.name;
    else
      for old_one in
        select p.oid::regprocedure::text from pg_catalog.pg_proc p
        join pg_catalog.pg_namespace n on n.oid = p.pronamespace where n.nspname || '.' || p.proname = wanted.name
      loop
        execute 'drop function ' || old_one;
      end loop;
    end if;
    delete from venuekit.functions f where f.name = wanted.name;
  end loop;`

/** Functions and views as `migrate()` of this release leaves them; nothing where a newer release was here. */
export const functionsStatement = (release: FunctionsRelease): string => {
  const ours = quoted(release.release)
  const body = `${asOwner}
  perform pg_catalog.set_config('check_function_bodies', 'off', true);
  lock table venuekit.functions in exclusive mode;
  if not exists (select from venuekit.release r where ${sortKey('r.version')} > ${sortKey(ours)}) then
  insert into venuekit.release (the_only, version, applied_at) values (true, ${ours}, clock_timestamp())
  on conflict (the_only) do update set version = excluded.version, applied_at = excluded.applied_at
  where release.version <> excluded.version;
${applyFunctions(release)}
${applyViews(release)}
${dropOthers(release)}
  perform venuekit.expose_api();
  perform venuekit.close_to_others();
  end if;`
  const declare = `  wanted record;
  old_one text;
  views_dropped boolean := false;
`
  return `${asOneStatement({ declare, body })}\n-- PostgREST may call what is new at once.\nnotify pgrst, 'reload schema';\n`
}
