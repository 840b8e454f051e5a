import { Hono } from 'hono'
import type pg from 'pg'
import type { ProjectKeys } from './projectKeys.ts'
import { readRole } from './readRole.ts'
import { RestProblem, toRestProblem } from './restProblem.ts'
import { runRoutine } from './runRoutine.ts'

export interface RestGatewayOptions {
  /** Logged in as `authenticator`: a role that may become others and is nothing itself. */
  pool: pg.Pool
  keys: ProjectKeys
  schemas: readonly string[]
}

const readSchema = (wanted: string | undefined, schemas: readonly string[]): string => {
  const schema = wanted ?? schemas[0] ?? 'public'
  if (schemas.includes(schema)) return schema
  throw new RestProblem(406, {
    code: 'PGRST106',
    message: `Invalid schema: ${schema}`,
    hint: `Only the following schemas are exposed: ${schemas.join(', ')}`,
  })
}

const readArguments = (text: string): Record<string, unknown> => {
  if (text === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  } catch {
    // Told below.
  }
  throw new RestProblem(400, { code: 'PGRST102', message: 'Empty or invalid json' })
}

const noConnection = (error: unknown): never => {
  throw new RestProblem(503, {
    code: 'PGRST000',
    message: 'Database connection error. Retrying the connection.',
    details: String(error),
  })
}

/** PostgREST's `POST /rpc/:name` over a real Postgres, so that grants are the real ones. */
export const createRestGateway = ({ pool, keys, schemas }: RestGatewayOptions): Hono => {
  const app = new Hono()
  app.post('/rpc/:name', async c => {
    let isAuthenticated = false
    try {
      const caller = await readRole(c.req.header('authorization'), keys)
      isAuthenticated = caller.isAuthenticated
      const schema = readSchema(c.req.header('content-profile'), schemas)
      const args = readArguments(await c.req.text())
      const client = await pool.connect().catch(noConnection)
      try {
        const body = await runRoutine(client, { schema, name: c.req.param('name'), args, caller, path: c.req.path })
        return c.body(body, 200, { 'content-type': 'application/json; charset=utf-8', 'content-profile': schema })
      } finally {
        client.release()
      }
    } catch (error) {
      const problem = toRestProblem(error, isAuthenticated)
      return Response.json(problem.body, { status: problem.status })
    }
  })
  app.all('*', () =>
    Response.json({ code: 'PGRST117', message: 'Unsupported HTTP method', details: null, hint: null }, { status: 405 }),
  )
  return app
}
