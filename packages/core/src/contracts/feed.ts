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
})
export type Post = z.infer<typeof post>

export const postPage = page(post)

const postText = z.string().check(z.trim(), z.maxLength(feedLimits.textLength))

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

export const upload = z.object({
  id: uuid,
  status: z.enum(['waiting', 'processing', 'ready', 'rejected']),
  /** Where to PUT the bytes; null once they are in. */
  uploadUrl: z.nullable(z.string()),
  receivedBytes: z.int(),
  media: z.nullable(mediaItem),
  limits: z.object({ videoSeconds: z.int(), byteLength: z.int(), contentTypes: z.array(z.string()) }),
})
export type Upload = z.infer<typeof upload>

export const uploadResponse = z.object({ upload })
