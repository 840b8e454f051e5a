import type { CreatePostRequest, MediaItem, Post } from '../contracts/feed.ts'
import { findFeed, requireFeature, showPost } from './feedAnswers.ts'
import { removePost } from './removePost.ts'
import { storePost } from './storePost.ts'
import type { RouteAnswers, ViewerCall } from './TestCall.ts'
import { TestProblem } from './TestProblem.ts'
import { takeUploads } from './takeUploads.ts'
import { tellPost } from './tellPost.ts'
import type { VenueContext } from './VenueContext.ts'
import type { StoredPost } from './VenueState.ts'

const findPost = ({ state }: VenueContext, postId: string): StoredPost => {
  const post = state.posts.find(({ id }) => id === postId)
  if (!post) throw new TestProblem('not_found', { detail: 'No such post: it may have been deleted.' })
  return post
}

/** `clientId` is the idempotency key, each author's own in each feed. */
const createPost = (feedId: string, body: CreatePostRequest, { venue, viewer }: ViewerCall): Post => {
  const { id } = findFeed(venue, feedId)
  const key = `${id} ${viewer.id} ${body.clientId}`
  const request = JSON.stringify({ text: body.text, media: body.media ?? [] })
  const draft = venue.drafts.get(key)
  if (draft) return replay(venue, draft, request, viewer)
  const postId = crypto.randomUUID()
  const media: MediaItem[] = takeUploads(venue, { feedId: id, postId, viewerId: viewer.id }, body.media ?? [])
  const author = { id: viewer.id, name: viewer.name, avatarUrl: viewer.avatarUrl ?? null }
  const post = storePost(venue, { id: postId, feedId: id, clientId: body.clientId, author, text: body.text, media })
  venue.drafts.set(key, { request, postId })
  return showPost(post, viewer)
}

const replay = (
  venue: VenueContext,
  { request, postId }: { request: string; postId: string },
  again: string,
  viewer: ViewerCall['viewer'],
): Post => {
  if (request !== again) {
    throw new TestProblem('idempotency_conflict', { detail: 'Another post was made under this clientId.' })
  }
  return showPost(venue.deleted.get(postId) ?? findPost(venue, postId), viewer)
}

const change = (venue: VenueContext, post: StoredPost, facts: Partial<StoredPost>): void => {
  Object.assign(post, facts, { version: post.version + 1 })
  tellPost(venue, post)
}

export const postAnswers = {
  createPost: ({ params, body }, call) => ({ post: createPost(params.feedId, body, call) }),
  deletePost: ({ params }, { venue, viewer }) => {
    const gone = venue.deleted.get(params.postId)
    const post = gone ?? venue.state.posts.find(({ id }) => id === params.postId)
    if (!post) throw new TestProblem('not_found', { detail: 'No such post.' })
    if (post.author.id !== viewer.id && !viewer.isModerator) {
      throw new TestProblem('forbidden', { detail: 'Only its author or a moderator may delete a post.' })
    }
    if (!gone) removePost(venue, post)
  },
  setReaction: ({ params, body }, { venue, viewer }) => {
    const post = findPost(venue, params.postId)
    requireFeature(findFeed(venue, post.feedId), 'reactions')
    if (post.reactedBy.includes(viewer.id) !== body.reacted) {
      const others = post.reactedBy.filter(id => id !== viewer.id)
      change(venue, post, { reactedBy: body.reacted ? [...others, viewer.id] : others })
    }
    return { post: showPost(post, viewer) }
  },
  pinPost: ({ params, body }, { venue, viewer }) => {
    if (!viewer.isModerator) throw new TestProblem('forbidden', { detail: 'Only moderators may pin a post.' })
    const post = findPost(venue, params.postId)
    if ((post.pinnedAt !== null) !== body.pinned) {
      change(venue, post, { pinnedAt: body.pinned ? new Date(venue.now()).toISOString() : null })
    }
    return { post: showPost(post, viewer) }
  },
  reportPost: ({ params, body }, { venue, viewer }) => {
    const { id: postId } = findPost(venue, params.postId)
    const { reports } = venue.state
    // A viewer's second report of a post changes nothing.
    if (reports.some(report => report.postId === postId && report.viewerId === viewer.id)) return
    reports.push({ postId, viewerId: viewer.id, reason: body.reason, note: body.note?.trim() || null })
  },
} satisfies Partial<RouteAnswers>
