import type { liveQuery } from '@venuekit/core/contracts'
import type * as z from 'zod/mini'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import { addressBlock } from '../services/addressBlock.ts'
import type { KitContext } from '../services/kitContext.ts'
import { ProblemError } from '../services/problemError.ts'
import { switchedOff } from '../services/requireFeature.ts'
import type { LiveFeed } from './LiveHub.ts'

interface Reader {
  key: PublishableKey
  request: Request
  clientAddress: string | null
}

type Query = z.output<typeof liveQuery>

const emptyStream = (): ReadableStream<Uint8Array> => new ReadableStream({ start: controller => controller.close() })

/** The feeds that the venue has, each with what it offers. */
const readFeeds = async (context: KitContext, venueId: string, feedIds: readonly string[]): Promise<LiveFeed[]> => {
  const read = async (feedId: string): Promise<LiveFeed[]> => {
    if (!(await context.live.hasFeed(venueId, feedId))) return []
    return [{ feedId, venueId, features: await context.features.read({ feedId, venueId }) }]
  }
  return (await Promise.all([...new Set(feedIds)].map(read))).flat()
}

/** Those of the events that the venue has. */
const findEvents = async ({ live }: KitContext, venueId: string, eventIds: readonly string[]): Promise<string[]> => {
  const find = async (eventId: string): Promise<string[]> => ((await live.hasEvent(venueId, eventId)) ? [eventId] : [])
  return (await Promise.all([...new Set(eventIds)].map(find))).flat()
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
 * Opens the stream of what changes in those feeds and events of the key's venue. What the venue has not is left out, and
 * so is a feed whose live updates are switched off, which the stream tells. Throws `not_found` or `forbidden` where
 * nothing is left, `rate_limited` where too many are open.
 */
export const openLive = async (
  context: KitContext,
  { feeds: feedIds = [], events = [] }: Query,
  reader: Reader,
): Promise<ReadableStream<Uint8Array>> => {
  const { venueId } = reader.key
  if (feedIds.length + events.length === 0) {
    throw new ProblemError('invalid_request', { fields: { feeds: 'name feeds or events to hear of' } })
  }
  if (context.live.isClosed) throw new ProblemError('busy', { title: 'This node is going', retryAfterMs: 1000 })
  const known = await readFeeds(context, venueId, feedIds)
  const eventIds = await findEvents(context, venueId, events)
  if (known.length + eventIds.length === 0) throw new ProblemError('not_found', { detail: 'No such feed or event.' })
  const [feeds, off] = [known.filter(({ features }) => features.live), known.filter(({ features }) => !features.live)]
  if (feeds.length + eventIds.length === 0) throw switchedOff('live')
  // Nobody would read what a HEAD opens.
  if (reader.request.method === 'HEAD') return emptyStream()
  const onEnd = takePlace(context, reader)
  try {
    const after = reader.request.headers.get('last-event-id')
    return await context.live.open({ venueId, feeds, off, eventIds, after, onEnd })
  } catch (error) {
    onEnd()
    throw error
  }
}
