import type { LiveMessage } from '../contracts/live.ts'
import { requireFeature } from './feedAnswers.ts'
import { showEvent } from './showEvent.ts'
import type { RouteAnswers } from './TestCall.ts'
import { TestProblem } from './TestProblem.ts'

const feedOf = (message: LiveMessage): string | null => {
  if (message.type === 'post') return message.post.feedId
  return 'feedId' in message ? message.feedId : null
}

/** What a stream without Last-Event-ID begins with: whoever has just listed a feed misses nothing. */
const replayMs = 60_000

export const liveAnswers = {
  live: ({ query }, { venue, request }) => {
    if ((query.feeds ?? []).length + (query.events ?? []).length === 0) {
      throw new TestProblem('invalid_request', { fields: { feeds: 'name feeds or events to hear of' } })
    }
    // What the venue has not is left out, and what is switched off.
    const known = venue.state.feeds.filter(({ id }) => query.feeds?.includes(id))
    const events = venue.state.events.filter(({ id }) => query.events?.includes(id))
    if (known.length + events.length === 0) throw new TestProblem('not_found', { detail: 'No such feed or event.' })
    const feeds = known.filter(({ features }) => features.live)
    if (feeds.length + events.length === 0) for (const feed of known) requireFeature(feed, 'live')
    const feedIds = feeds.map(({ id }) => id)
    const eventIds = events.map(({ id }) => id)
    return venue.live.open({
      wants: message => {
        if (message.type === 'reset') return true
        if (message.type === 'event') return eventIds.includes(message.event.id)
        return feedIds.includes(feedOf(message) ?? '')
      },
      first: [
        ...known.flatMap(({ id, features }): LiveMessage[] =>
          features.live ? [] : [{ type: 'features', feedId: id, features }],
        ),
        ...events.map((event): LiveMessage => ({ type: 'event', event: showEvent(venue, event) })),
      ],
      lastEventId: request.headers.get('Last-Event-ID'),
      since: venue.now() - replayMs,
    })
  },
} satisfies Partial<RouteAnswers>
