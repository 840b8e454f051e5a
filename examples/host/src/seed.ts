import { createHash } from 'node:crypto'
import type { Database } from '@venuekit/server-kit'
import { DemoError } from './demoError.ts'
import { lamplighterSeatId, nightIds, nights, soldAtTheDoor, talk, venue } from './programme.ts'

/** An id that is the same each time for the same name. */
const idFor = (name: string) => {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Puts the venue, its nights and its talk in where they are not yet. Running it again changes nothing. */
export const seed = async (database: Database, siteUrl: string, pages: readonly string[]): Promise<void> => {
  await database.call('venuekit.create_venue', { venue_id: venue.id, name: venue.name })
  await database.call('venuekit.set_key', {
    publishable_key: venue.publishableKey,
    venue_id: venue.id,
    allowed_origins: [siteUrl, siteUrl.replace('localhost', '127.0.0.1'), ...pages],
  })
  await seedNights(database)
  await sellAtTheDoor(database, siteUrl)
  await seedTalk(database)
}

const seedNights = async (database: Database) => {
  const { now } = await database.call('venuekit.read_clock', {})
  for (const night of Object.values(nights(new Date(now)))) {
    const known = await database.call('ticketing.get_event', { event_id: night.id, venue_id: venue.id })
    if (known.outcome === 'found') continue
    const { outcome } = await database.call('ticketing.create_event', { event_id: night.id, event: night })
    if (outcome !== 'created') throw new DemoError(`"${night.name}" could not be put on sale (${outcome}).`)
  }
}

/** All but one seat of the small night go at the box office, by the same functions that sell them on the web. */
const sellAtTheDoor = async (database: Database, siteUrl: string) => {
  for (const [index, quantity] of soldAtTheDoor.entries()) {
    const orderId = idFor(`box office ${index}`)
    const reserved = await database.call('ticketing.reserve_order', {
      event_id: nightIds.lamplighter,
      order_id: orderId,
      venue_id: venue.id,
      client_key: orderId,
      request_hash: orderId,
      items: [{ tierId: lamplighterSeatId, quantity }],
      buyer: { name: 'Box office', email: 'door@netloft.example' },
      return_url: `${siteUrl}/events/lamplighter.html`,
      locale: 'en-US',
      expected_total_minor: null,
      origin: null,
    })
    // What was sold on an earlier day stays sold; a hold that ended then is not taken again.
    if (reserved.outcome !== 'reserved' || reserved.order.status !== 'reserved') continue
    await database.call('ticketing.complete_order_atomic', {
      event_id: nightIds.lamplighter,
      order_id: orderId,
      payment: {
        kind: 'external',
        method: 'cash',
        reference: null,
        paymentId: idFor(`box office payment ${index}`),
        amountMinor: reserved.order.total.amountMinor,
        currency: reserved.order.total.currency,
      },
      source: { kind: 'door', actor: 'box office' },
    })
  }
}

const seedTalk = async (database: Database) => {
  await database.call('feed.create_feed', { feed_id: venue.feedId, venue_id: venue.id, name: 'Talk' })
  for (const post of talk) {
    await database.call('feed.create_post', {
      feed_id: venue.feedId,
      venue_id: venue.id,
      post_id: post.postId,
      client_id: post.clientId,
      author: { ...post.author, avatarUrl: null },
      text: post.text,
      moderator: false,
      media: [],
      media_kinds: [],
      request_hash: post.clientId,
    })
  }
}
