import { orWell, ownerCheck, problem, some, type Verdict } from '../check.ts'
import { type ExpectedObjects, expectedObjects } from '../expectedObjects.ts'

export interface ObjectRow {
  kind: 'constraint' | 'index' | 'trigger'
  name: string
  /** False for a constraint that old rows were never held to, a broken index, a trigger that is switched off. */
  works: boolean
}

interface Facts {
  rows: ObjectRow[]
  expected: Pick<ExpectedObjects, 'constraints' | 'indexes' | 'triggers'>
}

const restore =
  'venuekit audit and repair first, then put it back: restoreConstraints() has the checks of capacity, sql/migrations all others'
const mends = {
  constraint: restore,
  index: 'create it again as sql/migrations has it: the walls against a second payment are unique indexes',
  trigger: 'alter table … enable trigger …, or create it again as sql/migrations has it',
} as const

/** The walls behind the functions. */
const judgeObjects = ({ rows, expected }: Facts): Verdict[] => {
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
    rows: await query<ObjectRow>(
      `select 'constraint' as kind, c.conname::text as name,
         c.convalidated and coalesce((pg_catalog.to_jsonb(c) ->> 'conenforced')::boolean, true) as works
       from pg_catalog.pg_constraint c join pg_catalog.pg_namespace n on n.oid = c.connamespace
       where ${ours}
       union all
       select 'index', i.relname, x.indisvalid
       from pg_catalog.pg_index x join pg_catalog.pg_class i on i.oid = x.indexrelid
         join pg_catalog.pg_namespace n on n.oid = i.relnamespace
       where ${ours}
       union all
       select 'trigger', t.tgname, t.tgenabled <> 'D'
       from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
         join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where ${ours} and not t.tgisinternal`,
    ),
  }),
  judgeObjects,
)
