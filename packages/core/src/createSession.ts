import { type ClientOptions, createClient } from './client/createClient.ts'
import type { ClientInput, VenueKitClient } from './client/VenueKitClient.ts'
import type { Post } from './contracts/feed.ts'
import type { ListRequest } from './keys.ts'
import { type Live, laterLive } from './live/laterLive.ts'
import type { CreateOperations } from './operations/createOperations.ts'
import type { DelayedDeletion } from './operations/DelayedDelete.ts'
import type { FeedInfoReader } from './operations/FeedInfoReader.ts'
import type { FeedOperations, PostDraft, PostReference } from './operations/FeedOperations.ts'
import type { FeedGap } from './operations/FeedPage.ts'
import type { FeedReader } from './operations/FeedReader.ts'
import type { OpenOutbox } from './operations/Outbox.ts'
import type { Viewer } from './Viewer.ts'
import { ViewerFeeds } from './ViewerFeeds.ts'

export interface SessionOptions extends ClientOptions {
  viewer?: Viewer | null | undefined
  /** Used instead of one made from the other options. */
  client?: VenueKitClient | undefined
  /** Where what was done waits while it cannot be sent; the page alone, where it is missing. See `deviceOutbox`. */
  outbox?: OpenOutbox | undefined
  /** Makes operations show in the same turn from the start; loaded on demand where it is missing. */
  createOperations?: CreateOperations | undefined
  /** A clock in ms, for tests. */
  now?: (() => number) | undefined
}

/** Things one can do to a feed. They show in every list of it at once, and are sent in order. */
export interface Operations {
  /** Resolves with the server's post; rejects with `VenueKitError` after the row has gone. */
  createPost(feedId: string, draft: PostDraft): Promise<Post>
  deletePost(post: PostReference): Promise<void>
  /** Hides the post at once and deletes it after that time, or when the visitor leaves, unless it is undone. */
  deletePostLater(post: PostReference, delayMs: number): DelayedDeletion
  /** The state desired, not a flip. Resolves once the server has what was wanted last; a post that is gone goes. */
  setReaction(post: PostReference, reacted: boolean): Promise<void>
  /** For moderators. Shows with the answer: a pinned post's place is the server's to say. */
  pinPost(post: PostReference, pinned: boolean): Promise<Post>
  /** Tells the moderators. */
  reportPost(post: PostReference, report: ClientInput<'reportPost'>['body']): Promise<void>
  /** Lists the posts that a gap row stands for. */
  loadGap(feedId: string, gap: FeedGap, request?: ListRequest): Promise<void>
}

/** One venue as one viewer has it: the client, what was read and done, and no query cache. */
export interface Session {
  readonly client: VenueKitClient
  readonly operations: Operations
  readonly viewer: Viewer | null
  readonly live: Live
  /** What belongs to the present viewer. For caches that show the same lists, as `createVenueKit` does. */
  readonly feeds: ViewerFeeds
  /** Reads a feed, newest first, with this viewer's own operations in it. The same reader for everybody who asks. */
  feed(feedId: string, request?: ListRequest): FeedReader
  /** Reads what a feed offers and allows. The same reader for everybody who asks. */
  feedInfo(feedId: string): FeedInfoReader
  /** Another viewer, or none. Readers of the old one end, and operations under way reject with `aborted`; none of them is kept. */
  setViewer(viewer: Viewer | null): void
  /** The viewer has gone, and nobody else is here yet: what they did and was not sent is given up, on the device too. */
  forget(): void
  /** Calls after another viewer has come; answers how to stop. */
  subscribe(listener: () => void): () => void
  /** Ends requests and readers; sends what was deleted a moment ago. */
  close(): void
}

/**
 * What `createVenueKit` is built on, for who shows a feed without a query cache.
 * @example
 * const session = createSession({ apiUrl, publishableKey, viewer, getToken })
 * const reader = session.feed(feedId)
 * const stop = reader.subscribe(() => show(reader.snapshot))
 */
export const createSession = (options: SessionOptions): Session => {
  const { publishableKey, now, outbox, createOperations } = options
  const client = options.client ?? createClient(options)
  const live = laterLive(async () => {
    const { LiveUpdates } = await import('./live/LiveUpdates.ts')
    return new LiveUpdates({ ...options, client, feeds: () => feeds })
  })
  const begin = (viewer: Viewer | null) =>
    new ViewerFeeds({ client, publishableKey, viewer, now, outbox, createOperations, follow: live.feed })
  let feeds = begin(options.viewer ?? null)
  const listeners = new Set<() => void>()
  /** At once where operations are loaded, which they are soon where a viewer is signed in. */
  const act = <Result>(work: (operations: FeedOperations) => Promise<Result>): Promise<Result> =>
    feeds.operations ? work(feeds.operations) : feeds.act().then(work)

  return {
    client,
    live,
    operations: {
      createPost: (feedId, draft) => act(operations => operations.createPost(feedId, draft)),
      deletePost: post => act(operations => operations.deletePost(post)),
      deletePostLater: (post, delayMs) => {
        const { operations } = feeds
        if (operations) return operations.deletePostLater(post, delayMs)
        return delayedLater(feeds.act().then(loaded => loaded.deletePostLater(post, delayMs)))
      },
      setReaction: (post, reacted) => act(operations => operations.setReaction(post, reacted)),
      pinPost: (post, pinned) => act(operations => operations.pinPost(post, pinned)),
      reportPost: (post, report) => client.reportPost({ params: { postId: post.id }, body: report }),
      loadGap: (feedId, gap, request = {}) => feeds.loadGap(feedId, gap, request),
    },
    get viewer() {
      return feeds.viewer
    },
    get feeds() {
      return feeds
    },
    feed: (feedId, request = {}) => feeds.reader(feedId, request),
    feedInfo: feedId => feeds.info(feedId),
    setViewer: viewer => {
      if (viewer?.id === feeds.viewer?.id) return
      feeds.close()
      feeds.forget()
      feeds = begin(viewer)
      // A copy: who hears of the new viewer subscribes anew, and must not be called again for that, without end.
      for (const listener of [...listeners]) listener()
    },
    forget: () => feeds.forget(),
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      feeds.operations?.flush()
      feeds.close()
    },
  }
}

const delayedLater = (later: Promise<DelayedDeletion>): DelayedDeletion => ({
  done: later.then(({ done }) => done),
  undo: () => {
    later.then(delayed => delayed.undo()).catch(() => {})
    return true
  },
  flush: () => void later.then(delayed => delayed.flush()).catch(() => {}),
})
