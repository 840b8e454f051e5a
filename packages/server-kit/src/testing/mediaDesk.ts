import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Post, postResponse, type Upload, uploadResponse } from '@venuekit/core/contracts'
import type { ServerKitOptions } from '../createServerKit.ts'
import { localMedia } from '../localMedia/index.ts'
import type { MediaKind } from '../ports/mediaStore.ts'
import type { TendMediaReport } from '../services/tendMedia.ts'
import { type FeedDesk, openFeedDesk } from './feedDesk.ts'
import { startTestKit, type TestKit } from './startTestKit.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A kit with a disk of its own, and a person who uploads. */
export interface MediaDesk {
  stage: TestKit
  feed: FeedDesk
  folder: string
  /** Opens an upload as ada. `change` replaces what the browser claims. */
  open(kind: MediaKind, byteLength: number, change?: Partial<UploadClaim>): Promise<Upload>
  /** Sends bytes to an upload's address; `range` is its Content-Range. */
  put(upload: Upload, body: Bytes | ReadableStream<Uint8Array> | null, range?: string): Promise<Response>
  /** The whole way: open, send in one piece, read what became of it. */
  upload(kind: MediaKind, bytes: Bytes, change?: Partial<UploadClaim>): Promise<Upload>
  read(uploadId: string): Promise<Upload>
  post(uploadId: string, text?: string): Promise<Post>
  fetch(url: string | null | undefined, init?: RequestInit): Promise<Response>
  /** Every file on the disk, by its path below the folder. */
  files(): Promise<string[]>
  /** Moves the clock of database and kit. */
  advance(milliseconds: number): Promise<void>
  /** One run of the job that tends media; answers its report. */
  runJob(): Promise<TendMediaReport>
  close(): Promise<void>
}

interface UploadClaim {
  uploadId: string
  contentType: string
  bearer: string
}

const claimedTypes: Record<MediaKind, string> = { image: 'image/jpeg', video: 'video/mp4' }

/** `videoTimeoutMs` is how long one video may be looked at: the process's other work counts as well. */
export const openMediaDesk = async (
  change: Partial<ServerKitOptions> = {},
  videoTimeoutMs = 60_000,
): Promise<MediaDesk> => {
  const folder = await mkdtemp(join(tmpdir(), 'venuekit-media-'))
  const store = localMedia({
    folder,
    publicUrl: 'http://kit.test',
    secret: 'upload address secret of the tests!',
    videoTimeoutMs,
  })
  const stage = await startTestKit({ media: { image: store, video: store }, ...change })
  const feed = await openFeedDesk(stage, stage.call)
  const desk: MediaDesk = {
    stage,
    feed,
    folder,
    async open(kind, byteLength, { uploadId = crypto.randomUUID(), contentType = claimedTypes[kind], bearer } = {}) {
      const body = { uploadId, feedId: feed.feedId, kind, contentType, byteLength }
      const answer = await stage.call('POST', '/v1/uploads', { body, bearer: bearer ?? 'viewer:ada' })
      return answer.read(uploadResponse).upload
    },
    put({ uploadUrl }, body, range) {
      const headers = new Headers({
        origin: stage.venue.origin,
        ...(range === undefined ? {} : { 'content-range': range }),
      })
      return desk.fetch(uploadUrl, { method: 'PUT', body, headers, ...{ duplex: 'half' } })
    },
    async upload(kind, bytes, claim) {
      const upload = await desk.open(kind, bytes.length, claim)
      const answer = await desk.put(upload, bytes)
      if (answer.status !== 200) throw new Error(`the bytes were answered by ${answer.status}: ${await answer.text()}`)
      return desk.read(upload.id)
    },
    async read(uploadId) {
      return (await stage.call('GET', `/v1/uploads/${uploadId}`, { bearer: 'viewer:ada' })).read(uploadResponse).upload
    },
    async post(uploadId, text = '') {
      const body = { clientId: crypto.randomUUID(), text, media: [{ uploadId }] }
      const answer = await stage.call('POST', `/v1/feeds/${feed.feedId}/posts`, { body, bearer: 'viewer:ada' })
      return answer.read(postResponse).post
    },
    fetch: (url, init) => stage.kit.fetch(new Request(url ?? 'http://kit.test/no-address', init)),
    async files() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      return entries
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    },
    advance: async milliseconds => stage.twin.clock.advance(milliseconds),
    async runJob() {
      // Each run takes a slot of a minute's length.
      await desk.advance(60_000)
      const run = await stage.kit.jobs.run('tend-media')
      if (!run.taken) throw new Error('the slot was taken')
      return run.report as TendMediaReport
    },
    async close() {
      await stage.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return desk
}
