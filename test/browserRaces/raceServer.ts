import { serve } from '../../packages/server-kit/src/node/index.ts'
import { createVenue, startTestKit } from '../../packages/server-kit/src/testing/startTestKit.ts'
import { databases } from '../keystone/openKeystone.ts'

// A program of its own: the real server on a real Postgres behind a free port, for pages in Chromium. Beside the API,
// `POST /venues` makes a venue whose key the asking page may use, `POST /venues/:venueId/feeds` a feed of it.
// It writes its address as a line, and ends with its input.

const below = await databases.postgres()
const { kit, twin, database } = await startTestKit({}, {}, below.open)

const makeVenue = async (request: Request) => {
  const { venueId, key } = await createVenue(database, request.headers.get('Origin') ?? '')
  return { venueId, publishableKey: key }
}

const makeFeed = async (venueId: string) => {
  const feedId = crypto.randomUUID()
  await database.call('feed.create_feed', { feed_id: feedId, venue_id: venueId, name: 'A race' })
  return { feedId }
}

const fetch: typeof kit.fetch = async (request, facts) => {
  const [, place, venueId] = /^\/(venues)(?:\/([^/]+)\/feeds)?$/.exec(new URL(request.url).pathname) ?? []
  if (!place) return kit.fetch(request, facts)
  const made = venueId ? await makeFeed(venueId) : await makeVenue(request)
  return Response.json(made, { headers: { 'Access-Control-Allow-Origin': '*' } })
}

const server = await serve({ kit: { ...kit, fetch }, port: 0, host: '127.0.0.1', signals: false, jobs: false })
console.log(`http://127.0.0.1:${server.port}`)

process.stdin.resume()
process.stdin.once('end', async () => {
  await server.close()
  await twin.close()
  await below.stop()
  process.exit(0)
})
