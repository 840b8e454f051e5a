import type { MediaState, MediaStore, NewUpload } from '../ports/mediaStore.ts'
import { MediaStoreError } from '../ports/mediaStoreError.ts'
import { judgeAsset } from './judgeAsset.ts'
import { createMuxApi, type MuxApi } from './muxApi.ts'
import type { MuxAsset, MuxUpload } from './muxObjects.ts'
import { verifyMuxSignature } from './verifyMuxSignature.ts'

export interface MuxMediaOptions {
  /** An access token of the environment's: Mux Video, read and write. */
  tokenId: string
  tokenSecret: string
  /** Signing secrets of the webhook endpoint, the present one first. */
  webhookSecrets: readonly string[]
  /** Mux's `video_quality`; `basic` by default, which suits clips of half a minute. */
  quality?: 'basic' | 'plus' | 'premium'
  /** Assets with a watermark that cost nothing and end after a day. */
  test?: boolean
  /** Elsewhere than `https://api.mux.com`, for tests. */
  apiBase?: string
  /** 10,000 by default. */
  timeoutMs?: number
  /** Milliseconds since the epoch, for tests. */
  clock?: () => number
}

/** As long as an upload lives here. */
const uploadSeconds = 86_400

const uploadPath = (storeKey: string): string => `/uploads/${encodeURIComponent(storeKey)}`
const assetPath = (assetId: string): string => `/assets/${encodeURIComponent(assetId)}`

const neverFinished: MediaState = {
  status: 'rejected',
  rejection: { reason: 'truncated', detail: 'The upload was not finished within a day. Start it again.' },
}
const unreadable: MediaState = {
  status: 'rejected',
  rejection: { reason: 'unreadable', detail: 'The video could not be read. Choose the original file and try again.' },
}

/** What an upload's own status says; an asset is asked where there is one. */
const uploadStates: Readonly<Record<string, MediaState>> = {
  waiting: { status: 'waiting', receivedBytes: null },
  errored: unreadable,
  timed_out: neverFinished,
  cancelled: { status: 'gone' },
}

const findUpload = (api: MuxApi, storeKey: string): Promise<MuxUpload | null> =>
  api.call<MuxUpload>('GET', uploadPath(storeKey))

const inspect = async (api: MuxApi, storeKey: string): Promise<MediaState> => {
  const upload = await findUpload(api, storeKey)
  if (!upload) return { status: 'gone' }
  if (upload.asset_id === undefined) return uploadStates[upload.status] ?? { status: 'processing' }
  const asset = await api.call<MuxAsset>('GET', assetPath(upload.asset_id))
  return asset ? judgeAsset(asset) : { status: 'gone' }
}

/** The asset where there is one; an upload that waits is cancelled, unless its asset came first. */
const remove = async (api: MuxApi, storeKey: string): Promise<void> => {
  let upload = await findUpload(api, storeKey)
  if (upload?.status === 'waiting' && upload.asset_id === undefined) {
    const cancelled = await api.call<MuxUpload>('PUT', `${uploadPath(storeKey)}/cancel`)
    upload = cancelled ?? (await findUpload(api, storeKey))
    if (upload?.status === 'waiting') throw new MediaStoreError('unavailable', 'Mux did not cancel an upload')
  }
  if (upload?.asset_id !== undefined) await api.call('DELETE', assetPath(upload.asset_id))
}

interface MuxEvent {
  type: string
  object?: { type?: string; id?: string }
  data?: { id?: string; upload_id?: string; asset_id?: string }
}

/** Which upload an event is about. News of renditions name their asset only. */
const uploadOf = async (api: MuxApi, { type, object, data }: MuxEvent): Promise<string | null> => {
  if (type.startsWith('video.upload.')) return data?.id ?? null
  if (!type.startsWith('video.asset.')) return null
  if (data?.upload_id !== undefined) return data.upload_id
  const assetId = data?.asset_id ?? (object?.type === 'asset' ? object.id : undefined)
  const asset = assetId === undefined ? null : await api.call<MuxAsset>('GET', assetPath(assetId))
  return asset?.upload_id ?? null
}

const parseEvent = (rawBody: string): MuxEvent | null => {
  try {
    const event: unknown = JSON.parse(rawBody)
    const isEvent = typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string'
    return isEvent ? (event as MuxEvent) : null
  } catch {
    return null
  }
}

const openUpload = async (
  api: MuxApi,
  { quality = 'basic', test = false }: MuxMediaOptions,
  { uploadId, kind, origin }: NewUpload,
) => {
  if (kind !== 'video') throw new MediaStoreError('failed', 'Mux holds videos: give images a store of their own.')
  const upload = await api.call<MuxUpload>('POST', '/uploads', {
    cors_origin: origin ?? '*',
    timeout: uploadSeconds,
    ...(test ? { test } : {}),
    new_asset_settings: {
      playback_policies: ['public'],
      video_quality: quality,
      static_renditions: [{ resolution: 'highest' }],
      passthrough: uploadId,
    },
  })
  if (upload?.url === undefined) throw new MediaStoreError('failed', 'Mux opened an upload without an address')
  return { storeKey: upload.id, uploadUrl: upload.url }
}

/**
 * Videos at Mux: browsers send them there directly, webhooks tell what became of them, and each plays as one MP4 with a
 * poster. Point the endpoint's webhooks to `/webhooks/mux`.
 */
export const muxMedia = (options: MuxMediaOptions): MediaStore => {
  const { tokenId, tokenSecret, webhookSecrets: secrets, clock = Date.now } = options
  const { apiBase = 'https://api.mux.com', timeoutMs = 10_000 } = options
  if (secrets.length === 0 || secrets.some(secret => secret === '')) {
    throw new Error('muxMedia: webhookSecrets needs the signing secret of the webhook endpoint')
  }
  const api = createMuxApi({ tokenId, tokenSecret, apiBase, timeoutMs })
  return {
    name: 'mux',
    open: upload => openUpload(api, options, upload),
    inspect: ({ storeKey }) => inspect(api, storeKey),
    remove: storeKey => remove(api, storeKey),
    async readWebhook(rawBody, signature) {
      await verifyMuxSignature(rawBody, signature, { secrets, now: clock() })
      const event = parseEvent(rawBody)
      return event && uploadOf(api, event)
    },
  }
}
