import { examineImage } from '../localMedia/examineImage.ts'
import { RejectedMedia } from '../localMedia/rejectMedia.ts'
import { createUploadTokens } from '../localMedia/uploadToken.ts'
import type { MediaState, MediaStore, StoredUpload } from '../ports/mediaStore.ts'
import { MediaStoreError } from '../ports/mediaStoreError.ts'
import { type Bucket, openBucket, type StorageClient } from './bucket.ts'
import { newStoreKey, openPartFolder, type PartFolder } from './partFolder.ts'

export interface SupabaseMediaOptions {
  /** supabase-js as the service role. */
  client: StorageClient
  /** The kit's own address as browsers reach it, `basePath` included. */
  publicUrl: string
  /** Signs the addresses of uploads: at least 32 characters, made at random. */
  secret: string
  /** A public bucket for what posts show; `venuekit-media` by default. */
  mediaBucket?: string
  /** A private bucket for what is not examined yet; `venuekit-uploads` by default. */
  uploadBucket?: string
  /** Milliseconds since the epoch, for tests. */
  clock?: () => number
}

/** Names are never used again. */
const cacheSeconds = '31536000'

const toReady = (
  media: Bucket,
  storeKey: string,
  contentType: string,
  { width, height }: Record<string, unknown>,
): MediaState => ({
  status: 'ready',
  url: media.publicUrl(storeKey),
  posterUrl: null,
  contentType,
  width: Number(width),
  height: Number(height),
  durationMs: null,
})

/** Strips the picture and makes it public. Safe to run again, and twice at once. */
const publish = async (media: Bucket, storeKey: string, bytes: Uint8Array<ArrayBuffer>): Promise<MediaState> => {
  const { contentType, width, height, parts } = examineImage(bytes)
  const body = new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer())
  const facts = { width, height }
  await media.put(storeKey, body, { contentType, cacheControl: cacheSeconds, metadata: facts })
  return toReady(media, storeKey, contentType, facts)
}

const inspect = async (
  media: Bucket,
  parts: PartFolder,
  { storeKey, byteLength }: StoredUpload,
): Promise<MediaState> => {
  const published = await media.describe(storeKey)
  if (published) return toReady(media, storeKey, published.contentType, published.metadata)
  const receivedBytes = await parts.countReceived(storeKey)
  if (receivedBytes === null) return { status: 'gone' }
  if (receivedBytes < byteLength) return { status: 'waiting', receivedBytes }
  const bytes = await parts.assemble(storeKey)
  if (!bytes) return { status: 'gone' }
  try {
    const ready = await publish(media, storeKey, bytes)
    await parts.remove(storeKey)
    return ready
  } catch (error) {
    if (error instanceof RejectedMedia) return { status: 'rejected', rejection: error.rejection }
    throw error
  }
}

/**
 * Images in Supabase Storage. Their bytes come in through the kit, part by part, into a private bucket; once they are
 * all there they are examined, freed of what their camera noted, and put into a public one, from where browsers read
 * them. Videos need a store of their own: examining one takes a thread, and an Edge Function has none.
 */
export const supabaseMedia = (options: SupabaseMediaOptions): MediaStore => {
  const { client, publicUrl, secret, clock = Date.now } = options
  const { mediaBucket = 'venuekit-media', uploadBucket = 'venuekit-uploads' } = options
  if (secret.length < 32) throw new Error('supabaseMedia: the secret must have at least 32 characters, made at random')
  const tokens = createUploadTokens(secret, clock)
  const media = openBucket(client, mediaBucket)
  const parts = openPartFolder(openBucket(client, uploadBucket))
  return {
    name: 'supabase',
    async open({ kind, byteLength }) {
      if (kind !== 'image') {
        throw new MediaStoreError('failed', 'Supabase Storage holds images here: give videos a store of their own.')
      }
      const storeKey = newStoreKey(clock())
      await parts.begin(storeKey)
      const token = await tokens.sign({ storeKey, byteLength })
      return { storeKey, uploadUrl: `${publicUrl.replace(/\/$/, '')}/media/uploads/${token}` }
    },
    inspect: upload => inspect(media, parts, upload),
    async remove(storeKey) {
      await media.remove([storeKey])
      await parts.remove(storeKey)
    },
    sweep: () => parts.sweep(clock()),
    bytes: {
      address: token => tokens.verify(token),
      async countReceived({ storeKey, byteLength }) {
        const received = await parts.countReceived(storeKey)
        // Examined already: its parts are gone.
        if (received === null && (await media.describe(storeKey))) return byteLength
        return received
      },
      receive: ({ storeKey }, part) => parts.receive(storeKey, part),
      // Storage serves them itself.
      open: async () => null,
    },
  }
}
