import { createUploadRequest, type MediaItem, type PostLimits, type Upload } from '@venuekit/core/contracts'

/** What the server keeps of one upload. */
interface KeptUpload {
  upload: Upload
  kind: MediaItem['kind']
  byteLength: number
  parts: Blob[]
  /** Where it can be seen, once it is ready. */
  url?: string
}

export const postLimits: PostLimits = {
  textLength: 2000,
  imagesPerPost: 4,
  videoSeconds: 30,
  imageBytes: 20_000_000,
  videoBytes: 100_000_000,
  imageTypes: ['image/jpeg', 'image/png', 'image/webp'],
  videoTypes: ['video/mp4', 'video/quicktime', 'video/webm'],
}

/** Uploads in memory, by the protocol of the real ones; what is whole is ready, unless `processing` says otherwise. */
export class UploadDesk {
  readonly kept = new Map<string, KeptUpload>()
  /** Ids that were given up. */
  readonly cancelled: string[] = []
  /** What is whole waits for `finish`. */
  processing = false
  /** What is whole is rejected for it. */
  rejection: Upload['rejection'] = null
  /** The connection of the next part breaks after so many bytes, which arrive. */
  cutAfter: number | null = null

  async create(request: Request): Promise<Response> {
    const { uploadId, kind, byteLength } = createUploadRequest.parse(await request.json())
    const known = this.kept.get(uploadId)
    if (known) return Response.json({ upload: known.upload })
    const upload: Upload = {
      id: uploadId,
      status: 'waiting',
      uploadUrl: `https://api.example/media/uploads/${uploadId}`,
      receivedBytes: 0,
      media: null,
      rejection: null,
      limits: { videoSeconds: 30, byteLength: postLimits.videoBytes, contentTypes: postLimits.videoTypes },
    }
    this.kept.set(uploadId, { upload, kind, byteLength, parts: [] })
    return Response.json({ upload }, { status: 201 })
  }

  read(request: Request): Response {
    const found = this.#find(request)
    return found ? Response.json({ upload: found.upload }) : gone()
  }

  cancel(request: Request): Response {
    const found = this.#find(request)
    if (found) {
      this.kept.delete(found.upload.id)
      this.cancelled.push(found.upload.id)
    }
    return new Response(null, { status: 204 })
  }

  async put(request: Request): Promise<Response> {
    const found = this.#find(request)
    if (!found) return gone()
    const { byteLength } = found
    const [, start, total] = /^bytes (\d+|\*)[-\d]*\/(\d+)$/.exec(request.headers.get('Content-Range') ?? '') ?? []
    if (Number(total) !== byteLength) return new Response(null, { status: 400 })
    const received = sizeOf(found)
    if (received === byteLength) return new Response(null, { status: 200 })
    if (Number(start) !== received) return wantMore(received)
    const body = await request.blob()
    const cut = this.cutAfter
    this.cutAfter = null
    found.parts.push(cut === null ? body : body.slice(0, cut))
    if (cut !== null) throw new TypeError('Failed to fetch')
    if (sizeOf(found) < byteLength) return wantMore(sizeOf(found))
    this.#settle(found)
    return new Response(null, { status: 200 })
  }

  /** The work on an upload is done. */
  finish(uploadId: string): void {
    const found = this.kept.get(uploadId)
    if (!found) return
    found.url = URL.createObjectURL(this.bytes(uploadId))
    found.upload.status = 'ready'
    found.upload.media = itemOf(found)
  }

  /** The media of a post, by the ids of its uploads. */
  mediaOf(named: readonly { uploadId: string; alt?: string | undefined }[]): MediaItem[] {
    return named.flatMap(({ uploadId, alt = null }) => {
      const found = this.kept.get(uploadId)
      return found ? { ...itemOf(found), alt } : []
    })
  }

  /** The bytes that arrived. */
  bytes(uploadId: string): Blob {
    return new Blob(this.kept.get(uploadId)?.parts ?? [])
  }

  #settle(found: KeptUpload): void {
    const { rejection } = this
    const status = rejection ? 'rejected' : 'processing'
    found.upload = { ...found.upload, status, rejection, uploadUrl: null, receivedBytes: found.byteLength }
    if (!rejection && !this.processing) this.finish(found.upload.id)
  }

  #find(request: Request): KeptUpload | undefined {
    return this.kept.get(new URL(request.url).pathname.split('/').at(-1) ?? '')
  }
}

const sizeOf = ({ parts }: KeptUpload): number => parts.reduce((sum, part) => sum + part.size, 0)

const gone = (): Response => new Response(null, { status: 404 })

const wantMore = (received: number): Response =>
  new Response(null, { status: 308, headers: received > 0 ? { Range: `bytes=0-${received - 1}` } : {} })

const itemOf = ({ upload, kind, url = '' }: KeptUpload): MediaItem => {
  const isReady = upload.status === 'ready'
  return {
    id: upload.id,
    kind,
    status: upload.status === 'rejected' ? 'failed' : isReady ? 'ready' : 'processing',
    url: isReady ? url : null,
    posterUrl: null,
    width: 640,
    height: 480,
    durationMs: kind === 'video' ? 6000 : null,
    alt: null,
  }
}
