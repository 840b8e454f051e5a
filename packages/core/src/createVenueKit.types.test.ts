import { InfiniteQueryObserver, MutationObserver, type QueryClient, QueryObserver } from '@tanstack/query-core'
import { expectTypeOf, test } from 'vitest'
import type { Order, Post, VenueEvent } from './contracts/index.ts'
import type { VenueKit } from './createVenueKit.ts'
import type { FeedPost } from './operations/FeedPage.ts'

/** Never run: what the compiler takes and refuses is the test. */
const promises = (venuekit: VenueKit, client: QueryClient) => {
  const event = new QueryObserver(client, venuekit.queries.event('e'))
  expectTypeOf(event.getCurrentResult().data).toEqualTypeOf<VenueEvent | undefined>()
  const order = new QueryObserver(client, venuekit.queries.order({ orderId: 'o', orderToken: 't' }))
  expectTypeOf(order.getCurrentResult().data).toEqualTypeOf<Order | undefined>()
  const feed = new InfiniteQueryObserver(client, venuekit.queries.feed('f'))
  expectTypeOf(feed.getCurrentResult().data?.pages[0]?.items[0]).toEqualTypeOf<FeedPost | undefined>()
  const posting = new MutationObserver(client, venuekit.mutations.createPost('f'))
  expectTypeOf(posting.mutate({ text: 'Hello' })).resolves.toEqualTypeOf<Post>()
  // @ts-expect-error a post has text
  void posting.mutate({})
  // @ts-expect-error an order is known by its token as well
  void venuekit.queries.order({ orderId: 'o' })
  // @ts-expect-error a row has no such field
  void feed.getCurrentResult().data?.pages[0]?.items[0]?.likes
}

test('option objects carry their types into query-core', () => {
  expectTypeOf(promises).toBeFunction()
})
