import type { RaceServer } from '../../packages/core/test/races/RaceStage.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the real server listens. */
    raceServerUrl: string
  }
}

/** The real server behind that address, with a venue of this page's own. */
export const openRaceServer = async (apiUrl: string): Promise<RaceServer> => {
  const make = async (path: string): Promise<Record<string, string>> =>
    (await fetch(`${apiUrl}${path}`, { method: 'POST' })).json()
  const { venueId, publishableKey = '' } = await make('/venues')
  return {
    apiUrl,
    publishableKey,
    fetch: request => fetch(request),
    tokenOf: (viewerId, isModerator) => `${isModerator ? 'moderator' : 'viewer'}:${viewerId}`,
    createFeed: async () => (await make(`/venues/${venueId}/feeds`)).feedId ?? '',
  }
}
