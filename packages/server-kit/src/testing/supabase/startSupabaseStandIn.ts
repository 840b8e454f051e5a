import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { proxy } from 'hono/proxy'
import { createAuthStandIn } from './authStandIn.ts'
import { createProjectKeys } from './projectKeys.ts'
import { createStorageStandIn, type StorageStandIn } from './storageStandIn.ts'

export interface SupabaseStandInOptions {
  /**
   * A login that may become `anon`, `authenticated` and `service_role`: Supabase calls it `authenticator`. Without one
   * there is no data API.
   */
  connectionString?: string
  /** What the data API exposes; `venuekit_api` alone by default. */
  schemas?: readonly string[]
}

/** As much of a Supabase project as VenueKit uses: the data API over a real Postgres, Storage in memory, tokens. */
export interface SupabaseStandIn {
  url: string
  anonKey: string
  serviceRoleKey: string
  /** A token of a user who is signed in; by these claims, `sub` at least. */
  signUser(claims: Record<string, unknown>): Promise<string>
  /** Without buckets until they are put there. */
  storage: StorageStandIn
  /** Where an Edge Function runtime listens: `/functions/v1/…` leads there, as the project's gateway leads it. */
  functionsUrl: string | null
  close(): Promise<void>
}

const listen = (app: Hono): Promise<{ server: Server; port: number }> =>
  new Promise(resolve => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, info =>
      resolve({ server: server as Server, port: (info as AddressInfo).port }),
    )
  })

/** Asks for the package `pg` only here: Storage and tokens need none. */
const openDataApi = async (connectionString: string) => {
  const [{ default: pg }, { createRestGateway }] = await Promise.all([import('pg'), import('./restGateway.ts')])
  const pool = new pg.Pool({ connectionString, max: 10 })
  // A connection that breaks while nobody uses it must not end the process.
  pool.on('error', () => {})
  return { pool, createRestGateway }
}

/**
 * Starts it on a free port, for the real supabase-js. The data API needs the package `pg`.
 *
 * @example
 * const supabase = await startSupabaseStandIn({ connectionString: 'postgres://authenticator@127.0.0.1:5432/postgres' })
 * const database = fromSupabase(createClient(supabase.url, supabase.serviceRoleKey))
 */
export const startSupabaseStandIn = async (options: SupabaseStandInOptions = {}): Promise<SupabaseStandIn> => {
  const keys = await createProjectKeys()
  const app = new Hono()
  const data = options.connectionString === undefined ? null : await openDataApi(options.connectionString)
  if (data) {
    const schemas = options.schemas ?? ['venuekit_api']
    app.route('/rest/v1', data.createRestGateway({ pool: data.pool, keys, schemas }))
  }
  const storage = createStorageStandIn(keys)
  app.route('/storage/v1', storage.app)
  app.get('/auth/v1/.well-known/jwks.json', c => c.json(keys.jwks))
  app.route(
    '/auth/v1',
    createAuthStandIn(claims => standIn.signUser(claims)),
  )
  app.all('/functions/v1/*', async c => {
    if (standIn.functionsUrl === null)
      return c.json({ code: 'NOT_FOUND', message: 'Requested function was not found' }, 404)
    const url = new URL(c.req.url)
    const target = `${standIn.functionsUrl}${url.pathname.slice('/functions/v1'.length)}${url.search}`
    const { method } = c.req
    const body = method === 'GET' || method === 'HEAD' ? null : await c.req.arrayBuffer()
    return proxy(target, { method, headers: c.req.header(), body })
  })
  const { server, port } = await listen(app)
  const url = `http://127.0.0.1:${port}`
  const standIn: SupabaseStandIn = {
    url,
    functionsUrl: null,
    anonKey: await keys.signRole({ role: 'anon' }),
    serviceRoleKey: await keys.signRole({ role: 'service_role' }),
    storage,
    signUser: claims => keys.signUser(`${url}/auth/v1`, claims),
    async close() {
      await new Promise(resolve => {
        server.close(resolve)
        server.closeAllConnections()
      })
      await data?.pool.end()
    },
  }
  return standIn
}
