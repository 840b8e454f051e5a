import type { VenueKit } from '@venuekit/core'
import { Events } from './Events.tsx'
import { Feed } from './Feed.tsx'
import './style.css'

interface AppProps {
  venuekit: VenueKit
  feedId: string
  /** Goes to the page where the buyer pays. */
  leave: (url: string) => void
}

export const App = ({ venuekit, feedId, leave }: AppProps) => (
  <>
    <header className="masthead">
      <h1>The Net Loft</h1>
      <p>Songs under the rafters, every week. {venuekit.viewer && <span>Signed in as {venuekit.viewer.name}.</span>}</p>
    </header>
    <main>
      <Feed venuekit={venuekit} feedId={feedId} />
      <Events venuekit={venuekit} leave={leave} />
    </main>
  </>
)
