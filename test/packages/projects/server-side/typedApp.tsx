// Compiled, never run: the types as an application meets them.
import { createVenueKit, VenueKitError } from '@venuekit/core'
import type { Post } from '@venuekit/core/contracts'
import type {} from '@venuekit/feed-widget/react'
import { createServerKit, type ServerKitOptions } from '@venuekit/server-kit'
import type {} from '@venuekit/ticket-widget/react'

export const read = async (): Promise<string> => {
  const venuekit = createVenueKit({ apiUrl: 'https://api.example', publishableKey: 'vk_pub_a' })
  try {
    const { event } = await venuekit.client.getEvent({ params: { eventId: 'a' } })
    return event.name
  } catch (error) {
    return error instanceof VenueKitError && error.code === 'not_found' ? 'none' : 'unknown'
  }
}
export const text = (post: Post): string => post.text
export const start = (options: ServerKitOptions) => createServerKit(options).fetch(new Request('https://api.example'))
export const page = (
  <>
    <venuekit-feed feed-id="a" />
    <venuekit-tickets event-id="b" />
  </>
)
// @ts-expect-error the attribute is a string
export const wrong = <venuekit-feed feed-id={7} />
