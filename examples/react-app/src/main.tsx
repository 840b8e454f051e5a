import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createVenueKit, type Viewer } from '@venuekit/core'
import { validateAnswer } from '@venuekit/core/contracts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'

/** Your own sign-in: who is here, and a token that the host's `auth` can read. */
const readSession = async (): Promise<{ viewer: Viewer; token: string }> => (await fetch('/session')).json()

const { VITE_API_URL: apiUrl, VITE_PUBLISHABLE_KEY: publishableKey, VITE_FEED_ID: feedId } = import.meta.env
const { viewer } = await readSession()
const queryClient = new QueryClient()
const venuekit = createVenueKit({
  apiUrl,
  publishableKey,
  queryClient,
  viewer,
  getToken: async () => (await readSession()).token,
  // Checks every answer by the contract. It brings the schemas along: leave it out where bytes count.
  validate: validateAnswer,
})

const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App venuekit={venuekit} feedId={feedId} leave={url => location.assign(url)} />
      </QueryClientProvider>
    </StrictMode>,
  )
}
