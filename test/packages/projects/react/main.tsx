import { QueryClient, QueryClientProvider, useInfiniteQuery } from '@tanstack/react-query'
import { createVenueKit, renderKey, type VenueKit } from '@venuekit/core'
import '@venuekit/feed-widget/auto'
import '@venuekit/ticket-widget/auto'
import { createRoot } from 'react-dom/client'

const settings = await (await fetch('/settings.json')).json()
const { apiUrl, publishableKey, eventId, feedId } = settings
const queryClient = new QueryClient()
const venuekit = createVenueKit({ apiUrl, publishableKey, queryClient })

const Own = ({ venuekit }: { venuekit: VenueKit }) => {
  const feed = useInfiniteQuery(venuekit.queries.feed(feedId))
  return (
    <ol>
      {feed.data?.pages
        .flatMap(page => page.items)
        .map(post => (
          <li key={renderKey(post)}>{post.text}</li>
        ))}
    </ol>
  )
}

createRoot(document.querySelector('#root') as HTMLElement).render(
  <QueryClientProvider client={queryClient}>
    <Own venuekit={venuekit} />
    <venuekit-feed api-url={apiUrl} publishable-key={publishableKey} feed-id={feedId} />
    <venuekit-tickets api-url={apiUrl} publishable-key={publishableKey} event-id={eventId} />
  </QueryClientProvider>,
)
