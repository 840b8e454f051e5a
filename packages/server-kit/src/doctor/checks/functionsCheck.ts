import { orWell, ownerCheck, problem, some, type Verdict } from '../check.ts'
import { type ExpectedObjects, expectedObjects } from '../expectedObjects.ts'

export interface FunctionRow {
  name: string
  owner: string
  securityDefiner: boolean
  config: string[] | null
  body: string
}

interface Facts {
  rows: FunctionRow[]
  expected: Pick<ExpectedObjects, 'bodies' | 'inlined' | 'lockTimeouts'>
}

const again = 'run venuekit migrate --apply; for one edited by hand, delete its row in venuekit.functions before'

const fault = (names: string[], says: string, mend: string): Verdict[] =>
  names.length === 0 ? [] : [problem(`${says}: ${some(names)}.`, mend)]

const namesOf = (rows: FunctionRow[]): string[] => rows.map(({ name }) => name)

/** Functions are the wall: they run as the owner, find nothing by a search path, and read as this release has them. */
const judgeFunctions = ({ rows, expected }: Facts): Verdict[] => {
  const there = new Map(rows.map(row => [row.name, row]))
  const missing = [...expected.bodies.keys()].filter(name => !there.has(name))
  const edited = rows.filter(({ name, body }) => expected.bodies.has(name) && expected.bodies.get(name) !== body)
  const closed = rows.filter(({ name }) => !expected.inlined.has(name))
  const open = closed.filter(({ config }) => !config?.includes('search_path=""'))
  const unlocked = [...expected.lockTimeouts].filter(([name, timeout]) => {
    const row = there.get(name)
    return row && !row.config?.includes(`lock_timeout=${timeout}`)
  })
  return orWell(
    [
      ...fault(missing, 'Functions are missing', again),
      ...fault(namesOf(edited), 'Functions read otherwise than this release has them', again),
      ...fault(
        namesOf(open),
        'Functions without an empty search_path',
        `${again}: a schema of somebody else's could slip in`,
      ),
      ...fault(
        namesOf(closed.filter(({ securityDefiner }) => !securityDefiner)),
        "Functions that do not run with their owner's rights",
        again,
      ),
      ...fault(
        namesOf(rows.filter(({ owner }) => owner !== 'venuekit_owner')),
        'Functions that belong to somebody else than venuekit_owner',
        'alter function … owner to venuekit_owner',
      ),
      ...fault(
        unlocked.map(([name]) => name),
        'Functions without their lock_timeout',
        again,
      ),
    ],
    `${rows.length} functions run as their owner, with an empty search_path.`,
  )
}

export const functionsCheck = ownerCheck(
  'functions',
  async (query, { files }): Promise<Facts> => ({
    rows: await query<FunctionRow>(
      `select n.nspname || '.' || p.proname as name, r.rolname as owner, p.prosecdef as "securityDefiner",
         p.proconfig as config, p.prosrc as body
       from pg_catalog.pg_proc p
       join pg_catalog.pg_namespace n on n.oid = p.pronamespace
       join pg_catalog.pg_roles r on r.oid = p.proowner
       where n.nspname in ('venuekit', 'ticketing', 'feed')`,
    ),
    expected: expectedObjects(files),
  }),
  judgeFunctions,
)
