import type { VenueKit } from '../../../packages/core/src/index.ts'
import type { Contender } from './Contender.ts'
import { openVenueKit } from './venuekitList.ts'

const frame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve))

/** `<venuekit-feed>` as it is; the page posts through the session that they share. */
export const widget = (): Contender => {
  const element = document.createElement('venuekit-feed') as HTMLElement & { client: VenueKit; feedId: string }
  let feedId = ''
  return {
    async open(facts, place) {
      feedId = facts.feedId
      element.client = openVenueKit(facts)
      element.setAttribute('feed-id', feedId)
      place.append(element)
      const reader = element.client.session.feed(feedId)
      const count = () => reader.snapshot.data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0
      const stop = reader.subscribe(() => {})
      await reader.refresh()
      while (count() < facts.posts) await reader.loadMore()
      stop()
      while (!element.shadowRoot?.querySelector('article')) await frame()
      for (let more = 0; more < 60; more++) await frame()
    },
    post: text => void element.client.operations.createPost(feedId, { text }),
    rows: () => [...(element.shadowRoot?.querySelectorAll('article') ?? [])],
  }
}
