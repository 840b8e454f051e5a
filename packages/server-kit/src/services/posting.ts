import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import type { Viewer } from '../ports/viewer.ts'

/** Who does something in a feed, at which venue, from where. */
export interface Posting {
  key: PublishableKey
  viewer: Viewer
  clientAddress: string | null
}
