import type { LiveLog } from './LiveLog.ts'
import type { TestViewer } from './TestViewer.ts'
import type { StoredPost, StoredUpload, VenueState } from './VenueState.ts'

/** What became of an upload once its bytes were in. */
export type Inspection =
  | { width: number; height: number; durationMs: number | null }
  | NonNullable<StoredUpload['upload']['rejection']>

/** What every answer works with. */
export interface VenueContext {
  readonly apiUrl: string
  readonly publishableKey: string
  /** Null where the buyer may be sent back to any page. */
  readonly allowedOrigins: readonly string[] | null
  state: VenueState
  /** Deleted posts by id: deleting again is no error, and a client id stays taken. */
  readonly deleted: Map<string, StoredPost>
  /** What was posted under which client id. */
  readonly drafts: Map<string, { request: string; postId: string }>
  readonly live: LiveLog
  /** In ms. */
  now(): number
  /** A place above all posts so far. */
  nextPosition(postId: string): string
  readViewer(token: string): TestViewer | null
  inspect(upload: StoredUpload): Inspection
}
