import type { LiveMessage } from '../contracts/live.ts'
import { findFeed, requireFeature } from './feedAnswers.ts'
import type { RouteAnswers } from './TestCall.ts'

const feedOf = (message: LiveMessage): string | null => {
  if (message.type === 'post') return message.post.feedId
  return 'feedId' in message ? message.feedId : null
}

export const liveAnswers = {
  live: ({ query }, { venue, request }) => {
    const { feeds = [], events = [] } = query
    for (const feedId of feeds) requireFeature(findFeed(venue, feedId), 'live')
    const wants = (message: LiveMessage): boolean => {
      if (message.type === 'reset') return true
      if (message.type === 'event') return events.includes(message.event.id)
      return feeds.includes(feedOf(message) ?? '')
    }
    return venue.live.open(wants, request.headers.get('Last-Event-ID'))
  },
} satisfies Partial<RouteAnswers>
