import type { FeedFeatures, liveQuery } from '@venuekit/core/contracts'
import type * as z from 'zod/mini'
import type { FlaggedFeed } from '../ports/flagSource.ts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import { addressBlock } from '../services/addressBlock.ts'
import type { KitContext } from '../services/kitContext.ts'
import { ProblemError } from '../services/problemError.ts'
import { switchedOff } from '../services/requireFeature.ts'

interface Reader {
  key: PublishableKey
  request: Request
  clientAddress: string | null
}

type Query = z.output<typeof liveQuery>

const emptyStream = (): ReadableStream<Uint8Array> => new ReadableStream({ start: controller => controller.close() })

const readFeed = async (context: KitContext, feed: FlaggedFeed): Promise<FlaggedFeed & { features: FeedFeatures }> => {
  if (!(await context.live.hasFeed(feed.venueId, feed.feedId))) {
    throw new ProblemError('not_found', { detail: `No such feed: ${feed.feedId}.` })
  }
  const features = await context.features.read(feed)
  if (!features.live) throw switchedOff('live')
  return { ...feed, features }
}

const requireEvent = async ({ live }: KitContext, venueId: string, eventId: string): Promise<void> => {
  if (!(await live.hasEvent(venueId, eventId))) {
    throw new ProblemError('not_found', { detail: `No such event: ${eventId}.` })
  }
}

/** Counts the stream; answers how to give its place back. */
const takePlace = ({ limits, live }: KitContext, { key, clientAddress }: Reader): (() => void) => {
  const { liveStreams } = limits
  const block = clientAddress === null ? null : addressBlock(clientAddress)
  const places = [
    [`key:${key.keyId}`, liveStreams.key],
    [`address:${block}`, block === null ? null : liveStreams.address],
  ] as const
  const taken: string[] = []
  const giveBack = () => {
    for (const subject of taken.splice(0)) live.counts.giveBack(subject)
  }
  for (const [subject, maximum] of places) {
    if (maximum === null) continue
    if (!live.counts.take(subject, maximum)) {
      giveBack()
      const detail = 'Too many live streams are open: read by other means meanwhile.'
      throw new ProblemError('rate_limited', { detail, retryAfterMs: 60_000 })
    }
    taken.push(subject)
  }
  return giveBack
}

/**
 * Opens the stream of what changes in those feeds and events of the key's venue. Throws `not_found` for one that the
 * venue has not, `forbidden` where a feed's live updates are switched off.
 */
export const openLive = async (
  context: KitContext,
  { feeds = [], events = [] }: Query,
  reader: Reader,
): Promise<ReadableStream<Uint8Array>> => {
  const { venueId } = reader.key
  if (feeds.length + events.length === 0) {
    throw new ProblemError('invalid_request', { fields: { feeds: 'name feeds or events to hear of' } })
  }
  if (context.live.isClosed) throw new ProblemError('busy', { title: 'This node is going', retryAfterMs: 1000 })
  const read = await Promise.all([...new Set(feeds)].map(feedId => readFeed(context, { feedId, venueId })))
  const eventIds = [...new Set(events)]
  await Promise.all(eventIds.map(eventId => requireEvent(context, venueId, eventId)))
  // Nobody would read what a HEAD opens.
  if (reader.request.method === 'HEAD') return emptyStream()
  const onEnd = takePlace(context, reader)
  try {
    const after = reader.request.headers.get('last-event-id')
    return await context.live.open({ venueId, feeds: read, eventIds, after, onEnd })
  } catch (error) {
    onEnd()
    throw error
  }
}
