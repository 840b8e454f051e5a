export type MediaStoreErrorKind = 'unavailable' | 'bad_signature' | 'failed'

/** What a media store could not do; `unavailable` may work later. */
export class MediaStoreError extends Error {
  override readonly name = 'MediaStoreError'
  readonly kind: MediaStoreErrorKind

  constructor(kind: MediaStoreErrorKind, message: string, cause?: unknown) {
    super(message, { cause })
    this.kind = kind
  }
}
