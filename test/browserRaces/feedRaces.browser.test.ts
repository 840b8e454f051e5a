import { beforeAll, expect, inject, test } from 'vitest'
import { feedRaces } from '../../packages/core/test/races/feedRaces.ts'
import { type RaceServer, RaceStage } from '../../packages/core/test/races/RaceStage.ts'

const apiUrl = inject('raceServerUrl')

const make = async (path: string): Promise<Record<string, string>> =>
  (await fetch(`${apiUrl}${path}`, { method: 'POST' })).json()

let server: RaceServer

beforeAll(async () => {
  const { venueId, publishableKey = '' } = await make('/venues')
  server = {
    apiUrl,
    publishableKey,
    fetch: request => fetch(request),
    tokenOf: (viewerId, isModerator) => `${isModerator ? 'moderator' : 'viewer'}:${viewerId}`,
    createFeed: async () => (await make(`/venues/${venueId}/feeds`)).feedId ?? '',
  }
})

test.each(feedRaces)('$name', async ({ posts, pages, run }) => {
  const stage = await RaceStage.open(server, posts, pages)
  try {
    await run(stage)
    const texts = stage.texts().map(text => text.replace(/^\((.*)\)$/, '$1'))
    expect(new Set(texts).size).toBe(texts.length)
  } finally {
    stage.close()
  }
})
