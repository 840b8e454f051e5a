import type { Author, CreatePostRequest } from '../contracts/feed.ts'
import type { FeedPost } from './FeedPage.ts'

/** The row that stands for a post until the server's answer. */
export const pendingPost = (feedId: string, request: CreatePostRequest, author: Author, now: number): FeedPost => ({
  id: request.clientId,
  clientId: request.clientId,
  feedId,
  author,
  text: request.text.trim(),
  media: [],
  createdAt: new Date(now).toISOString(),
  pinnedAt: null,
  reactions: { count: 0, mine: false },
  canDelete: true,
  position: '',
  version: 0,
  pending: true,
})
