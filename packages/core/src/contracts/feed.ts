import * as z from 'zod/mini'
import { feedLimits } from './feedLimits.ts'
import { instant, page, uuid } from './values.ts'

export const author = z.object({ id: z.string(), name: z.string(), avatarUrl: z.nullable(z.string()) })
export type Author = z.infer<typeof author>

export const mediaItem = z.object({
  id: uuid,
  kind: z.enum(['image', 'video']),
  status: z.enum(['processing', 'ready', 'failed']),
  url: z.nullable(z.string()),
  posterUrl: z.nullable(z.string()),
  width: z.nullable(z.int()),
  height: z.nullable(z.int()),
  durationMs: z.nullable(z.int()),
  alt: z.nullable(z.string()),
})
export type MediaItem = z.infer<typeof mediaItem>

export const post = z.object({
  id: uuid,
  /** The id its author's client made; the render key for ever. */
  clientId: z.nullable(uuid),
  feedId: uuid,
  author,
  text: z.string(),
  media: z.array(mediaItem),
  createdAt: instant,
  pinnedAt: z.nullable(instant),
  /** `mine` is the asking viewer's own reaction. */
  reactions: z.object({ count: z.int(), mine: z.boolean() }),
  canDelete: z.boolean(),
  /** Its place in the list: greater text (by code unit) stands higher. Pinned posts sort above all others. */
  position: z.string(),
  /** Grows with every change of the post that all see; of two answers about one post the greater version is newer. */
  version: z.int(),
})
export type Post = z.infer<typeof post>

export const postPage = page(post)

/** Counted in code points, as Postgres and people do: an emoji is one. */
const postText = z.string().check(
  z.trim(),
  z.refine(text => [...text].length <= feedLimits.textLength, { error: `at most ${feedLimits.textLength} characters` }),
  z.meta({ maxLength: feedLimits.textLength }),
)

export const createPostRequest = z
  .strictObject({
    clientId: uuid,
    text: postText,
    media: z.optional(
      z
        .array(z.strictObject({ uploadId: uuid, alt: z.optional(z.string().check(z.maxLength(1000))) }))
        .check(z.maxLength(feedLimits.imagesPerPost)),
    ),
  })
  .check(
    z.refine(body => body.text.length > 0 || (body.media?.length ?? 0) > 0, {
      error: 'a post needs text or media',
      path: ['text'],
    }),
  )
export type CreatePostRequest = z.infer<typeof createPostRequest>

export const postResponse = z.object({ post })
export type PostResponse = z.infer<typeof postResponse>

export const setReactionRequest = z.strictObject({ reacted: z.boolean() })
export const pinPostRequest = z.strictObject({ pinned: z.boolean() })
export const reportPostRequest = z.strictObject({
  reason: z.enum(['spam', 'abuse', 'illegal', 'other']),
  note: z.optional(z.string().check(z.maxLength(1000))),
})

export const createUploadRequest = z.strictObject({
  uploadId: uuid,
  feedId: uuid,
  kind: z.enum(['image', 'video']),
  contentType: z.string().check(z.maxLength(100)),
  byteLength: z.int().check(z.minimum(1)),
})
export type CreateUploadRequest = z.infer<typeof createUploadRequest>

export const upload = z.object({
  id: uuid,
  status: z.enum(['waiting', 'processing', 'ready', 'rejected']),
  /**
   * Where to PUT the bytes, whole or in parts. A part says `Content-Range: bytes 0-262143/1048576`; one that is not the
   * last answers 308 with `Range: bytes=0-262143`. An empty PUT whose range is `*` of the total asks how far it is. Null
   * once they are in.
   */
  uploadUrl: z.nullable(z.string()),
  receivedBytes: z.int(),
  media: z.nullable(mediaItem),
  /** Why it was rejected, in words for its author; null otherwise. */
  rejection: z.nullable(
    z.object({
      reason: z.enum(['too_long', 'too_large', 'not_media', 'wrong_type', 'truncated', 'dimensions', 'unreadable']),
      detail: z.string(),
    }),
  ),
  limits: z.object({ videoSeconds: z.int(), byteLength: z.int(), contentTypes: z.array(z.string()) }),
})
export type Upload = z.infer<typeof upload>

export const uploadResponse = z.object({ upload })

/** What a feed offers just now; the host switches each at run time, and off is refused by the server too. */
export const feedFeatures = z.object({
  images: z.boolean(),
  video: z.boolean(),
  reactions: z.boolean(),
  live: z.boolean(),
})
export type FeedFeatures = z.infer<typeof feedFeatures>

/** What a post may hold; both sides enforce it. */
export const postLimits = z.object({
  /** In characters (code points). */
  textLength: z.int(),
  imagesPerPost: z.int(),
  videoSeconds: z.int(),
  imageBytes: z.int(),
  videoBytes: z.int(),
  /** Media types, such as `image/jpeg`. */
  imageTypes: z.array(z.string()),
  videoTypes: z.array(z.string()),
})
export type PostLimits = z.infer<typeof postLimits>

export const feedInfo = z.object({
  id: uuid,
  name: z.string(),
  features: feedFeatures,
  limits: postLimits,
  /** What the asking viewer may do besides reading; a viewer may always delete posts of their own. */
  permissions: z.object({ post: z.boolean(), moderate: z.boolean() }),
})
export type FeedInfo = z.infer<typeof feedInfo>

export const feedResponse = z.object({ feed: feedInfo })
