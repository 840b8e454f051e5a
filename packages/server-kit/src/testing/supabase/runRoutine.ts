import type pg from 'pg'
import { findRoutine, type Routine } from './findRoutine.ts'
import type { RestCaller } from './readRole.ts'

export interface RpcRequest {
  schema: string
  name: string
  args: Record<string, unknown>
  caller: RestCaller
  path: string
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const toStatement = ({ schema, name }: RpcRequest, { types }: Routine): string => {
  const list = [...types].map(([argument]) => `${quoted(argument)} => given.${quoted(argument)}`).join(', ')
  const call = `select to_json(${quoted(schema)}.${quoted(name)}(${list}))::text as body`
  if (types.size === 0) return `${call} from (select $1::json) as given`
  const columns = [...types].map(([argument, type]) => `${quoted(argument)} ${type}`).join(', ')
  return `${call} from json_to_record($1::json) as given (${columns})`
}

const settings = `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
  set_config('request.method', 'POST', true), set_config('request.path', $3, true), set_config('search_path', $4, true)`

/** One transaction under the caller's role and claims; answers the JSON text of the function's result. */
export const runRoutine = async (client: pg.ClientBase, request: RpcRequest): Promise<string> => {
  const { schema, name, args, caller, path } = request
  const routine = await findRoutine(client, { schema, name, given: Object.keys(args) })
  await client.query(`begin isolation level read committed ${routine.mayWrite ? 'read write' : 'read only'}`)
  try {
    await client.query(settings, [caller.role, JSON.stringify(caller.claims), path, quoted(schema)])
    const { rows } = await client.query<{ body: string | null }>(toStatement(request, routine), [JSON.stringify(args)])
    await client.query('commit')
    return rows[0]?.body ?? 'null'
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}
