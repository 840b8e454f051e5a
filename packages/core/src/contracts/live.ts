import * as z from 'zod/mini'
import { feedFeatures, post } from './feed.ts'
import { venueEvent } from './ticketing.ts'
import { uuid } from './values.ts'

/**
 * What the live stream tells, as the `data` of one server-sent event; `event` is its `type`, `id` where to resume.
 * It is the same for every viewer: `reactions.mine` and `canDelete` are false in it whoever reads.
 * Without Last-Event-ID a stream begins with the posts that changed in the last minute, so that whoever has just listed a
 * feed misses nothing. Events are told at the beginning of each stream, and when they change.
 */
export const liveMessage = z.discriminatedUnion('type', [
  /** A post that is new, or changed: pinned, its media ready, its reactions counted. */
  z.object({ type: z.literal('post'), post }),
  z.object({ type: z.literal('post_removed'), feedId: uuid, postId: uuid, clientId: z.nullable(uuid) }),
  /** What a feed offers was switched; one whose live updates are off is not part of the stream. */
  z.object({ type: z.literal('features'), feedId: uuid, features: feedFeatures }),
  /** An event or what is left of its tiers changed. */
  z.object({ type: z.literal('event'), event: venueEvent }),
  /** What came since Last-Event-ID is no longer known: read everything again. */
  z.object({ type: z.literal('reset') }),
])
export type LiveMessage = z.infer<typeof liveMessage>

/** Ids separated by commas, at most twenty. */
const idList = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(800)),
    z.transform(text => text.split(',')),
  ),
  z.array(uuid).check(z.maxLength(20)),
)

export const liveQuery = z.strictObject({ feeds: z.optional(idList), events: z.optional(idList) })
