import type { Author, CreatePostRequest, MediaItem } from '../contracts/feed.ts'
import type { FeedPost } from './FeedPage.ts'

interface PendingFacts {
  feedId: string
  request: CreatePostRequest
  author: Author
  /** What is known of its media before the server knows it. */
  media: readonly MediaItem[]
  /** In ms. */
  now: number
}

/** The row that stands for a post until the server's answer. */
export const pendingPost = ({ feedId, request, author, media, now }: PendingFacts): FeedPost => ({
  id: request.clientId,
  clientId: request.clientId,
  feedId,
  author,
  text: request.text.trim(),
  media: [...media],
  createdAt: new Date(now).toISOString(),
  pinnedAt: null,
  reactions: { count: 0, mine: false },
  canDelete: true,
  position: '',
  version: 0,
  pending: true,
})
