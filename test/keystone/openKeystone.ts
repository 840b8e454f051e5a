import { QueryClient } from '@tanstack/query-core'
import { validateAnswer } from '../../packages/core/src/contracts/index.ts'
import { createVenueKit, type VenueKitOptions } from '../../packages/core/src/index.ts'
import { createPgliteDatabase } from '../../packages/server-kit/src/testing/createPgliteDatabase.ts'
import { startTestKit } from '../../packages/server-kit/src/testing/startTestKit.ts'
import { startTestPostgres } from '../../packages/server-kit/src/testing/startTestPostgres.ts'

/** Below the same tests: PGlite, or a real Postgres as a login that has the application's rights and no others. */
export const databases = {
  pglite: async () => ({ open: createPgliteDatabase, stop: async () => {} }),
  postgres: async () => {
    const postgres = await startTestPostgres()
    return { open: async () => (await postgres.createDatabase()).open(), stop: () => postgres.stop() }
  },
}

export const databaseNames = Object.keys(databases) as (keyof typeof databases)[]

/**
 * The whole river in one process: the real client with every answer checked by the contract, the real server, SQL, and
 * Stripe's twin behind the real SDK.
 */
export const openKeystone = async (database: keyof typeof databases = 'pglite') => {
  const below = await databases[database]()
  const server = await startTestKit({}, {}, below.open)
  const feedId = crypto.randomUUID()
  await server.database.call('feed.create_feed', { feed_id: feedId, venue_id: server.venue.venueId, name: 'Tonight' })
  /** Method and path of each request that reached the server. */
  const requests: string[] = []

  const fetchFrom = (origin: string) => (request: Request) => {
    requests.push(`${request.method} ${new URL(request.url).pathname}`)
    const sent = new Headers(request.headers)
    sent.set('Origin', origin)
    return server.kit.fetch(new Request(request, { headers: sent }))
  }

  /** A page of the venue's, with that viewer signed in. */
  const openPage = (name: string | null = null, change: Partial<VenueKitOptions> = {}) =>
    createVenueKit({
      apiUrl: 'http://kit.test',
      publishableKey: server.venue.key,
      viewer: name === null ? null : { id: name, name },
      getToken: () => (name === null ? null : `viewer:${name}`),
      fetch: fetchFrom(server.venue.origin),
      validate: validateAnswer,
      queryClient: new QueryClient(),
      ...change,
    })

  const close = async () => {
    await server.close()
    await below.stop()
  }

  return { server, feedId, requests, openPage, fetchFrom, close }
}

export type Keystone = Awaited<ReturnType<typeof openKeystone>>
