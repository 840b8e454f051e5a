import { QueryClient } from '../../packages/core/node_modules/@tanstack/query-core/build/modern/index.js'
import { validateAnswer } from '../../packages/core/src/contracts/index.ts'
import { createVenueKit, type VenueKitOptions } from '../../packages/core/src/index.ts'
import { startTestKit } from '../../packages/server-kit/src/testing/startTestKit.ts'

/**
 * The whole river in one process: the real client with every answer checked by the contract, the real server, SQL on
 * PGlite, and Stripe's twin behind the real SDK.
 */
export const openKeystone = async () => {
  const server = await startTestKit()
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

  return { server, feedId, requests, openPage, fetchFrom, close: () => server.close() }
}

export type Keystone = Awaited<ReturnType<typeof openKeystone>>
