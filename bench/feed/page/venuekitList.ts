import { InfiniteQueryObserver, QueryClient } from '@tanstack/query-core'
import { createVenueKit, renderKey, type VenueKit } from '../../../packages/core/src/index.ts'
import type { Contender, FeedFacts } from './Contender.ts'
import { createKeyedRows } from './keyedRows.ts'

const limit = 100

/** The page's viewer, on the page's own query client. */
export const openVenueKit = ({ apiUrl, publishableKey }: FeedFacts): VenueKit =>
  createVenueKit({
    apiUrl,
    publishableKey,
    viewer: { id: 'ada', name: 'Ada' },
    getToken: () => 'viewer:ada',
    queryClient: new QueryClient(),
  })

/** VenueKit's option factories on a query client, with a plain list. */
export const venuekitList = (): Contender => {
  let venuekit: VenueKit | null = null
  let feedId = ''
  let place: HTMLElement
  return {
    async open(facts, into) {
      place = into
      feedId = facts.feedId
      venuekit = openVenueKit(facts)
      const observer = new InfiniteQueryObserver(venuekit.queryClient, venuekit.queries.feed(feedId, { limit }))
      const list = createKeyedRows(place)
      const loaded = () => observer.getCurrentResult().data?.pages.flatMap(page => [...page.items]) ?? []
      observer.subscribe(() => list.show(loaded().map(post => ({ key: renderKey(post), text: post.text }))))
      await observer.refetch({ cancelRefetch: false })
      while (loaded().length < facts.posts) await observer.fetchNextPage()
    },
    post: text => void venuekit?.operations.createPost(feedId, { text }),
    rows: () => [...place.children],
  }
}
