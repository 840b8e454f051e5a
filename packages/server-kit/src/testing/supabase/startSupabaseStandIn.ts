import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { SignJWT } from 'jose'

export interface SupabaseStandInOptions {
  /** A login that may become `anon`, `authenticated` and `service_role`: Supabase calls it `authenticator`. */
  connectionString: string
  /** What the data API exposes; `venuekit_api` alone by default. */
  schemas?: readonly string[]
}

/** As much of a Supabase project as VenueKit uses: the data API over a real Postgres, and tokens. */
export interface SupabaseStandIn {
  url: string
  /** Signs tokens, as the project's JWT secret does. */
  jwtSecret: string
  anonKey: string
  serviceRoleKey: string
  /** A token signed by the project: the claims of a user who is signed in, or of whom you like. */
  signToken(claims: Record<string, unknown>): Promise<string>
  close(): Promise<void>
}

const jwtSecret = 'jwt secret of the stand-in for Supabase, long enough'

const signToken = (claims: Record<string, unknown>): Promise<string> =>
  new SignJWT({ iss: 'supabase', ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(jwtSecret))

const listen = (app: Hono): Promise<{ server: Server; port: number }> =>
  new Promise(resolve => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, info =>
      resolve({ server: server as Server, port: (info as AddressInfo).port }),
    )
  })

/**
 * Starts it on a free port, for the real supabase-js. Needs the package `pg`, and asks for it only here.
 *
 * @example
 * const supabase = await startSupabaseStandIn({ connectionString: 'postgres://authenticator@127.0.0.1:5432/postgres' })
 * const database = fromSupabase(createClient(supabase.url, supabase.serviceRoleKey))
 */
export const startSupabaseStandIn = async (options: SupabaseStandInOptions): Promise<SupabaseStandIn> => {
  const [{ default: pg }, { createRestGateway }] = await Promise.all([import('pg'), import('./restGateway.ts')])
  const pool = new pg.Pool({ connectionString: options.connectionString, max: 10 })
  // A connection that breaks while nobody uses it must not end the process.
  pool.on('error', () => {})
  const app = new Hono()
  app.route('/rest/v1', createRestGateway({ pool, jwtSecret, schemas: options.schemas ?? ['venuekit_api'] }))
  const { server, port } = await listen(app)
  return {
    url: `http://127.0.0.1:${port}`,
    jwtSecret,
    anonKey: await signToken({ role: 'anon' }),
    serviceRoleKey: await signToken({ role: 'service_role' }),
    signToken,
    async close() {
      await new Promise(resolve => {
        server.close(resolve)
        server.closeAllConnections()
      })
      await pool.end()
    },
  }
}
