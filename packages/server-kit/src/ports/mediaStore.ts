import type { Upload } from '@venuekit/core/contracts'
import type { MediaBytes } from './mediaBytes.ts'

export type MediaKind = 'image' | 'video'
export type MediaRejection = NonNullable<Upload['rejection']>

/** An upload to make room for. Its facts are what the browser claims; the store looks for itself later. */
export interface NewUpload {
  uploadId: string
  kind: MediaKind
  contentType: string
  byteLength: number
  /** The page that will send the bytes; null from elsewhere. */
  origin: string | null
}

export interface OpenedUpload {
  /** What the store calls it: never used again, and nothing that others can guess. */
  storeKey: string
  /** Takes the bytes by the protocol of the contract (`upload.uploadUrl`); a secret of the uploader's. */
  uploadUrl: string
}

/** Enough of an upload's row to find it in its store and to judge it. */
export interface StoredUpload {
  storeKey: string
  kind: MediaKind
  byteLength: number
}

/** What can be shown to everybody. */
export interface ReadyMedia {
  status: 'ready'
  url: string
  posterUrl: string | null
  contentType: string
  /** In pixels, as shown: upright. */
  width: number
  height: number
  durationMs: number | null
}

/** `gone`: the store knows nothing of it, or not any more. */
export type MediaState =
  | { status: 'waiting'; receivedBytes: number | null }
  | { status: 'processing' }
  | ReadyMedia
  | { status: 'rejected'; rejection: MediaRejection }
  | { status: 'gone' }

/** Where images or videos lie: a disk, a video host, a bucket. Throws `MediaStoreError` where it cannot be reached. */
export interface MediaStore {
  /** Stands in the rows of its uploads: never changes for one place. */
  readonly name: string
  open(upload: NewUpload): Promise<OpenedUpload>
  /**
   * What the store has of it now. Once the bytes are in, this does the work that makes them fit to be shown, or says why
   * they are not; asked again it answers the same.
   */
  inspect(upload: StoredUpload): Promise<MediaState>
  /** Leaves nothing of it behind: bytes, files, unfinished parts. Nothing there is no error. */
  remove(storeKey: string): Promise<void>
  /** Clears what uploads left that no row knows of: those of a process that was killed in between. */
  sweep?(): Promise<void>
  /** Where the bytes come and go through the kit itself. */
  readonly bytes?: MediaBytes
  /** Verifies news from the store and answers the key of the upload that it is about; null where it is about none. */
  readWebhook?(rawBody: string, signature: string | null): Promise<string | null>
}

/** A store for each kind, such as a disk for images and Mux for videos. A kind without one is not offered. */
export type MediaStores = { readonly [Kind in MediaKind]?: MediaStore | undefined }
