// A host as its owner would write one, from the packages as they are published, and nothing else.
import { randomBytes, randomUUID } from 'node:crypto'
import { consoleMessages, createServerKit, jwtAuth, makeTicketKey } from '@venuekit/server-kit'
import { directoryAssets, serve } from '@venuekit/server-kit/node'
import { pgliteDatabase } from '@venuekit/server-kit/pglite'
import { createStripeGateway } from '@venuekit/server-kit/stripe'
import { startStripeTwin } from '@venuekit/server-kit/testing'

const secret = () => randomBytes(32).toString('base64url')
const webhookSecret = `whsec_${secret()}`
const twin = await startStripeTwin({ port: 0, webhookSecret })
const database = pgliteDatabase({ dataDir: 'memory://' })
const silent = { info() {}, warn() {}, error: console.error }
const kit = createServerKit({
  database,
  gateway: await createStripeGateway({ secretKey: twin.secretKey, webhookSecrets: [webhookSecret], apiBase: twin.url }),
  auth: jwtAuth({ secret: secret() }),
  messages: consoleMessages(silent),
  log: silent,
  assets: directoryAssets(),
  secrets: {
    orderTokenKeys: [{ id: '1', secret: secret() }],
    ticketKeys: [(await makeTicketKey()).privateKey],
    adminKeys: [`vk_sec_${secret()}`],
    jobs: secret(),
  },
  timeZone: 'America/Chicago',
})
await kit.migrate()

const venueId = randomUUID()
const eventId = randomUUID()
const feedId = randomUUID()
const publishableKey = 'vk_pub_packed'
await kit.venues.create({ id: venueId, name: 'The Packed House' })
await kit.venues.setKey({ publishableKey, venueId, allowedOrigins: [process.env.SITE_ORIGIN] })
await kit.events.create({
  id: eventId,
  venueId,
  name: 'Unpacked',
  startsAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  timeZone: 'America/Chicago',
  currency: 'USD',
  tiers: [{ id: randomUUID(), name: 'Guest list', priceMinor: 0, capacity: 3 }],
})
await database.call('feed.create_feed', { feed_id: feedId, venue_id: venueId, name: 'Talk' })
const clientId = randomUUID()
await database.call('feed.create_post', {
  feed_id: feedId,
  venue_id: venueId,
  post_id: randomUUID(),
  client_id: clientId,
  author: { id: 'ada', name: 'Ada', avatarUrl: null },
  text: 'It came out of a tarball.',
  moderator: false,
  media: [],
  media_kinds: [],
  request_hash: clientId,
})

const server = await serve({ kit, port: 0, host: '127.0.0.1', signals: false })
console.log(JSON.stringify({ apiUrl: `http://127.0.0.1:${server.port}`, publishableKey, eventId, feedId }))
process.stdin.resume().on('end', async () => {
  await server.close()
  await twin.close()
})
