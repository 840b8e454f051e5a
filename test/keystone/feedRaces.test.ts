import { afterAll, beforeAll, describe, test } from 'vitest'
import { feedRaces } from '../../packages/core/test/races/feedRaces.ts'
import { playRace } from '../../packages/core/test/races/playRace.ts'
import type { RaceServer } from '../../packages/core/test/races/RaceStage.ts'
import { databaseNames, type Keystone, openKeystone } from './openKeystone.ts'

describe.each(databaseNames)('on %s', name => {
  let keystone: Keystone
  let server: RaceServer

  beforeAll(async () => {
    keystone = await openKeystone(name)
    const { venue, database } = keystone.server
    server = {
      apiUrl: 'http://kit.test',
      publishableKey: venue.key,
      fetch: keystone.fetchFrom(venue.origin),
      tokenOf: (viewerId, isModerator) => `${isModerator ? 'moderator' : 'viewer'}:${viewerId}`,
      createFeed: async () => {
        const feedId = crypto.randomUUID()
        await database.call('feed.create_feed', { feed_id: feedId, venue_id: venue.venueId, name: 'A race' })
        return feedId
      },
    }
  })
  afterAll(() => keystone.close())

  test.each(feedRaces)('$name', race => playRace(server, race))
})
