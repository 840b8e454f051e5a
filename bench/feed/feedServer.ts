import { serve } from '../../packages/server-kit/src/node/index.ts'
import { createVenue, startTestKit } from '../../packages/server-kit/src/testing/startTestKit.ts'
import type { TestPostgres } from '../../packages/server-kit/src/testing/testPostgres.ts'

/** What went over the wire since the last look; preflights and the live stream are not counted. */
export interface Traffic {
  requests: number
  bytes: number
}

const seedSql = (feedId: string, posts: number): string => `
insert into feed.posts (post_id, feed_id, client_id, author_id, author, text, request_hash, created_at, position)
select s.id, '${feedId}', gen_random_uuid(), 'bob', '{"id": "bob", "name": "Bob", "avatarUrl": null}',
  'Post ' || s.n || ' of a feed that has seen some evenings, as long as most of what people write there.', '',
  s.moment, feed.sort_key(s.moment, s.id)
from (
  select n, gen_random_uuid() as id, now() - interval '1 day' + n * interval '1 second' as moment
  from generate_series(1, ${posts}) n
) s`

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** The real server on a real Postgres behind a port, for a page of that origin; each answer takes so long more. */
export const startFeedServer = async (postgres: TestPostgres, origin: string) => {
  const place = await postgres.createDatabase()
  const { kit, twin, database } = await startTestKit({}, {}, async () => place.open())
  const { venueId, key } = await createVenue(database, origin)
  const settings = { latencyMs: 0 }
  let traffic: Traffic = { requests: 0, bytes: 0 }

  const fetch: typeof kit.fetch = async (request, facts) => {
    const response = await kit.fetch(request, facts)
    if (request.method === 'OPTIONS' || new URL(request.url).pathname === '/v1/live') return response
    const body = await response.arrayBuffer()
    traffic = { requests: traffic.requests + 1, bytes: traffic.bytes + body.byteLength }
    await sleep(settings.latencyMs)
    return new Response(response.status === 204 || response.status === 304 ? null : body, response)
  }
  const server = await serve({ kit: { ...kit, fetch }, port: 0, host: '127.0.0.1', signals: false, jobs: false })

  return {
    apiUrl: `http://127.0.0.1:${server.port}`,
    publishableKey: key,
    settings,
    takeTraffic: (): Traffic => {
      const taken = traffic
      traffic = { requests: 0, bytes: 0 }
      return taken
    },
    peekRequests: () => traffic.requests,
    async createFeed(posts: number): Promise<string> {
      const feedId = crypto.randomUUID()
      await database.call('feed.create_feed', { feed_id: feedId, venue_id: venueId, name: 'A feed' })
      await postgres.run(seedSql(feedId, posts), place.name)
      return feedId
    },
    async close() {
      await server.close()
      await twin.close()
    },
  }
}

export type FeedServer = Awaited<ReturnType<typeof startFeedServer>>
