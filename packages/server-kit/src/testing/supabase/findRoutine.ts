import type pg from 'pg'
import { RestProblem } from './restProblem.ts'

export interface Routine {
  /** Types by argument name, those that were given. */
  types: ReadonlyMap<string, string>
  mayWrite: boolean
}

interface Row {
  names: string[]
  types: string[]
  required: number
  volatility: string
}

const overloads = async (client: pg.ClientBase, schema: string, name: string): Promise<Row[]> => {
  const { rows } = await client.query<Row>(
    `select coalesce(p.proargnames[1:p.pronargs], '{}') as names, p.pronargs - p.pronargdefaults as required,
       array(select format_type(t, null) from unnest(p.proargtypes) with ordinality u (t, n) order by n) as types,
       p.provolatile as volatility
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = $1 and p.proname = $2`,
    [schema, name],
  )
  return rows
}

const fits = ({ names, required }: Row, given: readonly string[]): boolean =>
  given.every(name => names.includes(name)) && names.slice(0, required).every(name => given.includes(name))

const about = (schema: string, name: string, given: readonly string[]) => `${schema}.${name}(${given.join(', ')})`

/** The function of that name that takes these arguments: all that it needs, and no other. */
export const findRoutine = async (
  client: pg.ClientBase,
  { schema, name, given }: { schema: string; name: string; given: readonly string[] },
): Promise<Routine> => {
  const fitting = (await overloads(client, schema, name)).filter(row => fits(row, given))
  const [routine, another] = fitting
  if (!routine) {
    throw new RestProblem(404, {
      code: 'PGRST202',
      message: `Could not find the function ${about(schema, name, given)} in the schema cache`,
      details: `Searched for the function ${schema}.${name} with parameters ${given.join(', ')}, but no matches were found in the schema cache.`,
    })
  }
  if (another) {
    throw new RestProblem(300, {
      code: 'PGRST203',
      message: `Could not choose the best candidate function between: ${about(schema, name, routine.names)}, ${about(schema, name, another.names)}`,
    })
  }
  const types = new Map(routine.names.map((argument, index) => [argument, routine.types[index] ?? 'text']))
  return {
    types: new Map([...types].filter(([argument]) => given.includes(argument))),
    mayWrite: routine.volatility === 'v',
  }
}
