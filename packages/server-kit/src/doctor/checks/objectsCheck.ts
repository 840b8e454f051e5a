import { orWell, ownerCheck, problem, some, type Verdict, warning } from '../check.ts'
import { type ExpectedObjects, expectedObjects } from '../expectedObjects.ts'

export interface ObjectRow {
  kind: 'constraint' | 'index' | 'trigger'
  name: string
  /** False for a constraint that old rows were never held to, a broken index, a trigger that is switched off. */
  works: boolean
  /** Of an index alone. */
  unique: boolean
}

/** A table that is otherwise than a release makes it. */
interface TableRow {
  /** With its schema. */
  name: string
  unlogged: boolean
  hidesRows: boolean
  hasRules: boolean
}

interface Facts {
  rows: ObjectRow[]
  tables: TableRow[]
  expected: Pick<ExpectedObjects, 'constraints' | 'indexes' | 'uniqueIndexes' | 'triggers' | 'unloggedTables'>
}

const restore =
  'venuekit audit and repair first, then put it back: restoreConstraints() has the checks of capacity, sql/migrations all others'
const mends = {
  constraint: restore,
  index: 'create it again as sql/migrations has it: the walls against a second payment are unique indexes',
  trigger: 'alter table … enable trigger …, or create it again as sql/migrations has it',
} as const

const judgeTables = ({ tables, expected }: Facts): Verdict[] => {
  const named = (is: (table: TableRow) => boolean) => some(tables.filter(is).map(({ name }) => name))
  const unlogged = named(table => table.unlogged && !expected.unloggedTables.includes(table.name))
  const hiding = named(table => table.hidesRows)
  const ruled = named(table => table.hasRules)
  return [
    ...(unlogged ? [problem(`A crash empties ${unlogged}: unlogged.`, 'alter table … set logged')] : []),
    ...(hiding
      ? [
          problem(
            `Row level security hides rows of ${hiding} from the functions.`,
            'alter table … no force row level security: nobody else reaches these tables',
          ),
        ]
      : []),
    ...(ruled ? [problem(`Rules change what is written to ${ruled}.`, 'drop rule … on …: this release has none')] : []),
  ]
}

/** The walls behind the functions. */
const judgeObjects = (facts: Facts): Verdict[] => {
  const { rows, expected } = facts
  const wanted = { constraint: expected.constraints, index: expected.indexes, trigger: expected.triggers }
  const found: Verdict[] = []
  for (const kind of ['constraint', 'index', 'trigger'] as const) {
    const there = new Map(rows.filter(row => row.kind === kind).map(row => [row.name, row.works]))
    const plural = kind === 'index' ? 'indexes' : `${kind}s`
    const missing = wanted[kind].filter(name => !there.has(name))
    if (missing.length > 0) found.push(problem(`${plural} are missing: ${some(missing)}.`, mends[kind]))
    const idle = [...there].filter(([, works]) => !works).map(([name]) => name)
    if (idle.length > 0) found.push(problem(`${plural} do not hold: ${some(idle)}.`, holding[kind]))
  }
  const { constraints, indexes, triggers } = expected
  const lax = rows.filter(
    ({ kind, name, unique }) => kind === 'index' && !unique && expected.uniqueIndexes.includes(name),
  )
  if (lax.length > 0) {
    found.push(problem(`indexes are not unique any more: ${some(lax.map(({ name }) => name))}.`, mends.index))
  }
  const foreign = rows.filter(({ kind, name }) => kind === 'trigger' && !triggers.includes(name))
  if (foreign.length > 0) {
    found.push(
      warning(
        `Triggers that no release has: ${some(foreign.map(({ name }) => name))}. What they do to a sale nobody has tried.`,
        'drop trigger … on …, and listen by onFulfilled instead',
      ),
    )
  }
  found.push(...judgeTables(facts))
  return orWell(
    found,
    `${constraints.length} constraints, ${indexes.length} indexes and ${triggers.length} triggers are there and hold.`,
  )
}

const holding = {
  constraint: 'alter table … validate constraint …; where rows break it, venuekit audit and repair first',
  index: 'reindex index …',
  trigger: mends.trigger,
} as const

const ours = "n.nspname in ('venuekit', 'ticketing', 'feed')"

export const objectsCheck = ownerCheck(
  'objects',
  async (query, { files }): Promise<Facts> => ({
    expected: expectedObjects(files),
    tables: await query<TableRow>(
      `select n.nspname || '.' || c.relname as name, c.relpersistence = 'u' as unlogged,
         c.relrowsecurity and c.relforcerowsecurity as "hidesRows",
         exists (select from pg_catalog.pg_rewrite r where r.ev_class = c.oid) as "hasRules"
       from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where ${ours} and c.relkind in ('r', 'p')`,
    ),
    rows: await query<ObjectRow>(
      `select 'constraint' as kind, c.conname::text as name,
         c.convalidated and coalesce((pg_catalog.to_jsonb(c) ->> 'conenforced')::boolean, true) as works,
         false as "unique"
       from pg_catalog.pg_constraint c join pg_catalog.pg_namespace n on n.oid = c.connamespace
       where ${ours}
       union all
       select 'index', i.relname, x.indisvalid, x.indisunique
       from pg_catalog.pg_index x join pg_catalog.pg_class i on i.oid = x.indexrelid
         join pg_catalog.pg_namespace n on n.oid = i.relnamespace
       where ${ours}
       union all
       select 'trigger', t.tgname, t.tgenabled <> 'D', false
       from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
         join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where ${ours} and not t.tgisinternal`,
    ),
  }),
  judgeObjects,
)
