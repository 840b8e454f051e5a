import type { FeedFeatures, Post, PostLimits } from '../contracts/feed.ts'
import { feedLimits } from '../contracts/feedLimits.ts'
import { listPage } from './listPage.ts'
import type { RouteAnswers } from './TestCall.ts'
import { TestProblem } from './TestProblem.ts'
import type { TestViewer } from './TestViewer.ts'
import type { VenueContext } from './VenueContext.ts'
import type { StoredFeed, StoredPost } from './VenueState.ts'

/** What the real server serves. */
export const postLimits: PostLimits = {
  ...feedLimits,
  imageBytes: 20_000_000,
  videoBytes: 100_000_000,
  imageTypes: ['image/jpeg', 'image/png', 'image/webp'],
  videoTypes: ['video/mp4', 'video/quicktime', 'video/webm'],
}

const names: Readonly<Record<keyof FeedFeatures, string>> = {
  images: 'Images',
  video: 'Videos',
  reactions: 'Reactions',
  live: 'Live updates',
}

/** Throws `not_found`. */
export const findFeed = ({ state }: VenueContext, feedId: string): StoredFeed => {
  const feed = state.feeds.find(({ id }) => id === feedId)
  if (!feed) throw new TestProblem('not_found', { detail: 'No such feed.' })
  return feed
}

/** Throws `forbidden` where the feed has it switched off. */
export const requireFeature = ({ features }: StoredFeed, feature: keyof FeedFeatures): void => {
  if (features[feature]) return
  throw new TestProblem('forbidden', { detail: `${names[feature]} are switched off in this feed.` })
}

/** The post as that viewer sees it; as all see it alike for null. */
export const showPost = ({ reactedBy, ...post }: StoredPost, viewer: TestViewer | null): Post => ({
  ...post,
  reactions: { count: reactedBy.length, mine: viewer !== null && reactedBy.includes(viewer.id) },
  canDelete: viewer !== null && (viewer.isModerator || post.author.id === viewer.id),
})

const rankOf = ({ pinnedAt, position }: StoredPost): string => (pinnedAt === null ? '0' : '1') + position

const byRank = (one: StoredPost, other: StoredPost): number => (rankOf(one) > rankOf(other) ? -1 : 1)

export const feedAnswers = {
  getFeed: ({ params }, { venue, viewer }) => {
    const { id, name, features } = findFeed(venue, params.feedId)
    const permissions = { post: viewer !== null, moderate: viewer?.isModerator ?? false }
    return { feed: { id, name, features, limits: postLimits, permissions } }
  },
  listPosts: ({ params, query }, { venue, viewer }) => {
    const { id } = findFeed(venue, params.feedId)
    const items = venue.state.posts.filter(({ feedId }) => feedId === id).toSorted(byRank)
    const listing = { list: `posts:${id}`, items, keyOf: rankOf }
    const page = listPage({ ...listing, isAfter: (post, key) => rankOf(post) < key }, query)
    return { ...page, items: page.items.map(post => showPost(post, viewer)) }
  },
} satisfies Partial<RouteAnswers>
