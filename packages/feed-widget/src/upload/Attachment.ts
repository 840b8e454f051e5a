import type { VenueKitClient } from '@venuekit/core'
import type { MediaItem, PostLimits } from '@venuekit/core/contracts'
import type { DraftMedia } from '../drafts.ts'
import { MediaRefusal } from './MediaRefusal.ts'
import type { PreparedMedia } from './PreparedMedia.ts'
import { prepareMedia } from './prepareMedia.ts'
import type { RecognisedMedia } from './recogniseMedia.ts'
import { Upload } from './Upload.ts'
import type { UploadState } from './UploadState.ts'

/** What an attachment needs of the feed. */
export interface UploadPlace {
  client: Pick<VenueKitClient, 'createUpload' | 'getUpload' | 'cancelUpload'>
  feedId: string
}

interface AttachmentOptions extends UploadPlace {
  file: File
  recognised: RecognisedMedia
  limits: PostLimits
  onChange(): void
}

/** One file that a person wants to post: looked at, made ready, and on its way. */
export class Attachment {
  readonly key = crypto.randomUUID()
  readonly name: string
  readonly kind: MediaItem['kind']
  alt = ''
  readonly #options: AttachmentOptions
  #previewUrl: string | null = null
  #prepared: PreparedMedia | null = null
  #upload: Upload | null = null
  #isDiscarded = false

  constructor(options: AttachmentOptions) {
    this.#options = options
    this.name = options.file.name
    this.kind = options.recognised.kind
    // An image is shown once it is known to be a small one.
    if (this.kind === 'video') this.#previewUrl = URL.createObjectURL(options.file)
  }

  /** Address of the blob to show, until it is discarded. */
  get previewUrl(): string | null {
    return this.#previewUrl
  }

  /** Null while it is made ready. */
  get state(): UploadState | null {
    return this.#upload?.state ?? null
  }

  /** From 0 to 1. */
  get progress(): number {
    return this.#prepared ? (this.state?.sentBytes ?? 0) / this.#prepared.blob.size : 0
  }

  /** True where a post can have it. */
  get isIn(): boolean {
    return this.#upload?.isIn ?? false
  }

  /** Makes it ready and begins to send it. Throws `MediaRefusal`. */
  async begin(): Promise<void> {
    const { client, feedId, file, recognised, limits, onChange } = this.#options
    this.#prepared = await prepareMedia(file, recognised, limits).catch(error => {
      throw error instanceof MediaRefusal ? error : new MediaRefusal('unreadable')
    })
    if (this.#isDiscarded) return
    const { blob, contentType } = this.#prepared
    this.#previewUrl ??= URL.createObjectURL(blob)
    this.#upload = new Upload({ client, feedId, kind: this.kind, contentType, blob, onChange })
    this.#upload.resume()
  }

  pause(): void {
    this.#upload?.pause()
  }

  /** Goes on, or tries again. */
  resume(): void {
    this.#upload?.resume()
  }

  /** Gives it up, at the server too. */
  discard(): void {
    this.#isDiscarded = true
    this.#upload?.discard()
    if (this.#previewUrl !== null) URL.revokeObjectURL(this.#previewUrl)
  }

  /** Hands it over to a post, its preview's address with it. */
  take(): DraftMedia | null {
    const upload = this.#upload
    const prepared = this.#prepared
    if (!upload || !prepared) return null
    upload.stop()
    const { width, height, durationMs } = prepared
    const alt = this.alt.trim()
    const about = { width, height, durationMs, alt: alt || null }
    return {
      named: { uploadId: upload.id, ...(alt ? { alt } : {}) },
      item: { id: upload.id, kind: this.kind, status: 'processing', url: null, posterUrl: null, ...about },
      previewUrl: this.#previewUrl,
      discard: () => upload.discard(),
    }
  }
}
