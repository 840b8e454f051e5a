import { LiveLog } from './LiveLog.ts'
import { readTestToken, type TestViewer } from './TestViewer.ts'
import type { Inspection, VenueContext } from './VenueContext.ts'
import type { StoredUpload, VenueState } from './VenueState.ts'

export interface VenueContextOptions {
  /** Where the app believes the API to be; `https://venuekit.test` where it is missing. */
  apiUrl?: string
  /** `vk_pub_test` where it is missing. */
  publishableKey?: string
  /** Origins of pages that a buyer may be sent back to; any where it is missing. */
  allowedOrigins?: readonly string[]
  /** In ms; the real clock where it is missing. */
  now?: () => number
  /** Whose token it is, null for nobody's; takes `viewer:ada` and `moderator:bob` where it is missing. */
  readViewer?: (token: string) => TestViewer | null
  /** What the server finds in the bytes of an upload; media of 1280 × 720 that fit, where it is missing. */
  inspect?: (upload: StoredUpload) => Inspection
}

const inspectNothing = ({ kind }: StoredUpload): Inspection => ({
  width: 1280,
  height: 720,
  durationMs: kind === 'video' ? 6000 : null,
})

export const createVenueContext = (options: VenueContextOptions, state: VenueState): VenueContext => {
  const now = options.now ?? (() => Date.now())
  let lastMicroseconds = 0
  return {
    apiUrl: (options.apiUrl ?? 'https://venuekit.test').replace(/\/+$/, ''),
    publishableKey: options.publishableKey ?? 'vk_pub_test',
    allowedOrigins: options.allowedOrigins ?? null,
    state,
    deleted: new Map(),
    drafts: new Map(),
    live: new LiveLog(now),
    now,
    nextPosition: postId => {
      // Several posts may come in one millisecond.
      lastMicroseconds = Math.max(lastMicroseconds + 1, now() * 1000)
      return `${lastMicroseconds.toString(16).padStart(14, '0')}-${postId}`
    },
    readViewer: options.readViewer ?? readTestToken,
    inspect: options.inspect ?? inspectNothing,
  }
}
