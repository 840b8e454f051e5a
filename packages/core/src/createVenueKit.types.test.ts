import { InfiniteQueryObserver, MutationObserver, type QueryClient, QueryObserver } from '@tanstack/query-core'
import { expectTypeOf, test } from 'vitest'
import type { FeedInfo, Order, Post, Upload, VenueEvent } from './contracts/index.ts'
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
  const info = new QueryObserver(client, venuekit.queries.feedInfo('f'))
  expectTypeOf(info.getCurrentResult().data).toEqualTypeOf<FeedInfo | undefined>()
  const upload = new QueryObserver(client, venuekit.queries.upload('u'))
  expectTypeOf(upload.getCurrentResult().data).toEqualTypeOf<Upload | undefined>()
  const reacting = new MutationObserver(client, venuekit.mutations.setReaction())
  const post = { id: 'p', clientId: null, feedId: 'f' }
  expectTypeOf(reacting.mutate({ post, reacted: true })).resolves.toEqualTypeOf<void>()
  const pinning = new MutationObserver(client, venuekit.mutations.pinPost())
  expectTypeOf(pinning.mutate({ post, pinned: true })).resolves.toEqualTypeOf<Post>()
  const reporting = new MutationObserver(client, venuekit.mutations.reportPost())
  void reporting.mutate({ post, reason: 'spam', note: 'again' })
  // @ts-expect-error a reaction says what is wanted: it is no flip
  void reacting.mutate({ post })
  // @ts-expect-error a report has one of four reasons
  void reporting.mutate({ post, reason: 'dull' })
  // @ts-expect-error an upload says how long it is
  void new MutationObserver(client, venuekit.mutations.createUpload()).mutate({
    uploadId: 'u',
    feedId: 'f',
    kind: 'image',
  })
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
