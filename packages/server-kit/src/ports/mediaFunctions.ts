import type { MediaItem } from '@venuekit/core/contracts'
import type { MediaKind, MediaRejection, MediaState } from './mediaStore.ts'

type NotFound = { outcome: 'not_found' }

/** An upload's row. */
export interface UploadRow {
  id: string
  venueId: string
  feedId: string
  kind: MediaKind
  status: 'waiting' | 'processing' | 'ready' | 'rejected'
  contentType: string
  byteLength: number
  receivedBytes: number
  uploadUrl: string | null
  media: MediaItem | null
  rejection: MediaRejection | null
  store: string
  storeKey: string
}

export interface MediaRemoval {
  store: string
  storeKey: string
}

export interface MediaFunctions {
  /** Idempotent by the upload's id: other facts under it are a conflict. */
  'feed.create_upload': {
    args: {
      upload_id: string
      venue_id: string
      feed_id: string
      viewer_id: string
      kind: MediaKind
      content_type: string
      byte_length: number
      store: string
      store_key: string
      upload_url: string
      /** How many of a viewer's uploads may be under way in one feed. */
      max_open: number
    }
    result: { outcome: 'created' | 'replayed'; upload: UploadRow } | { outcome: 'conflict' | 'too_many' } | NotFound
  }
  'feed.get_upload': {
    args: { upload_id: string; venue_id: string; viewer_id: string }
    result: { outcome: 'found'; upload: UploadRow } | NotFound
  }
  'feed.find_stored_upload': {
    args: { store: string; store_key: string }
    result: { outcome: 'found'; upload: UploadRow } | NotFound
  }
  /** `cancelled` also where there was none; `removal` then is null. */
  'feed.cancel_upload': {
    args: { upload_id: string; venue_id: string; viewer_id: string }
    result: { outcome: 'cancelled'; removal: MediaRemoval | null } | { outcome: 'taken' }
  }
  /** Steps go forwards only; a post that shows the upload changes with it. A rejected one is queued for removal. */
  'feed.record_upload': {
    args: { store: string; store_key: string; state: Exclude<MediaState, { status: 'gone' }> }
    result: { outcome: 'recorded' | 'unchanged'; upload: UploadRow } | NotFound
  }
  'feed.due_uploads': { args: { store: string; max_uploads: number }; result: { uploads: UploadRow[] } }
  'feed.abandon_uploads': { args: { max_uploads: number }; result: { abandoned: number; dropped: number } }
  'feed.take_media_removals': {
    args: { stores: readonly string[]; max_removals: number; worker: string; lease_seconds: number }
    result: { removals: MediaRemoval[] }
  }
  'feed.finish_media_removal': { args: { store: string; store_key: string }; result: { outcome: 'finished' } }
  'feed.fail_media_removal': {
    args: { store: string; store_key: string; error: string }
    result: { tries: number }
  }
}
