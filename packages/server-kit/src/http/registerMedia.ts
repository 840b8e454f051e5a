import { headers, mediaRoutes } from '@venuekit/core/contracts'
import type { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { AddressedUpload, MediaBytes, UploadPart } from '../ports/mediaBytes.ts'
import type { MediaStore } from '../ports/mediaStore.ts'
import { followUpload } from '../services/followUpload.ts'
import type { KitContext } from '../services/kitContext.ts'
import { storesOf } from '../services/mediaRemoval.ts'
import { ProblemError } from '../services/problemError.ts'
import { readContentRange, readRange } from './contentRange.ts'
import { drainBody } from './drainBody.ts'
import type { KitEnv } from './kitEnv.ts'

type ByteStore = MediaStore & { bytes: MediaBytes }

interface Arriving {
  store: ByteStore
  upload: AddressedUpload
}

const hasBytes = (store: MediaStore): store is ByteStore => store.bytes !== undefined

const noUpload = (): ProblemError =>
  new ProblemError('not_found', { detail: 'No such upload, or not any more: open another one.' })

const findArriving = async (stores: readonly ByteStore[], token: string): Promise<Arriving> => {
  for (const store of stores) {
    const upload = await store.bytes.address(token)
    if (upload) return { store, upload }
  }
  throw noUpload()
}

/** 308 without a Location is no redirect: it says which bytes are safe, and that more are wanted. */
const wantMore = (receivedBytes: number): Response =>
  new Response(null, {
    status: 308,
    headers: { 'cache-control': 'no-store', ...(receivedBytes > 0 ? { range: `bytes=0-${receivedBytes - 1}` } : {}) },
  })

const allReceived = (): Response => new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } })

/** The work on the bytes is done before the last part is answered; where it fails the job does it. */
const finish = async (context: KitContext, { store, upload }: Arriving): Promise<Response> => {
  const row = { store: store.name, store_key: upload.storeKey }
  const answer = await context.database.call('feed.record_upload', { ...row, state: { status: 'processing' } })
  if (answer.outcome === 'not_found') throw noUpload()
  try {
    await followUpload(context, answer.upload)
  } catch (error) {
    context.log.warn('an upload waits for the job that works on it', { ...row, error: String(error) })
  }
  return allReceived()
}

const takePart = async (context: KitContext, arriving: Arriving, part: UploadPart): Promise<Response> => {
  const { store, upload } = arriving
  const received = await store.bytes.receive(upload, part)
  if (received.outcome === 'gone') throw noUpload()
  if (received.outcome === 'too_long') {
    throw new ProblemError('payload_too_large', { detail: `More bytes than the ${part.length} that were announced.` })
  }
  return received.receivedBytes < upload.byteLength ? wantMore(received.receivedBytes) : finish(context, arriving)
}

const emptyBody = (): ReadableStream<Uint8Array> => new ReadableStream({ start: controller => controller.close() })

const receivePut = async (
  context: KitContext,
  arriving: Arriving,
  { header, body }: { header: string | undefined; body: ReadableStream<Uint8Array> | null },
): Promise<Response> => {
  const { store, upload } = arriving
  const row = { store: store.name, store_key: upload.storeKey }
  const known = await context.database.call('feed.find_stored_upload', row)
  if (known.outcome === 'not_found') throw noUpload()
  if (known.upload.status !== 'waiting') return allReceived()
  const range = readContentRange(header, upload.byteLength)
  if (!range) {
    const example = `bytes 0-${upload.byteLength - 1}/${upload.byteLength}`
    throw new ProblemError('invalid_request', { fields: { 'Content-Range': `is not like ${example}` } })
  }
  const receivedBytes = await store.bytes.countReceived(upload)
  if (receivedBytes === null) throw noUpload()
  if (receivedBytes === upload.byteLength) return finish(context, arriving)
  if (range.kind === 'ask' || range.start !== receivedBytes) return wantMore(receivedBytes)
  return takePart(context, arriving, { start: range.start, length: range.length, body: body ?? emptyBody() })
}

/** Under names that nobody can guess and that never change, for pages anywhere; nothing that a browser would run. */
const fileHeaders = (name: string, contentType: string) => ({
  'content-type': contentType,
  'content-disposition': `inline; filename="${name}"`,
  'cache-control': 'public, max-age=31536000, immutable',
  'accept-ranges': 'bytes',
  etag: `"${name}"`,
})

const nameForm = /^[A-Za-z0-9_-]{16,64}\.[a-z0-9]{2,5}$/

const serveFile = async (stores: readonly ByteStore[], name: string, request: Request): Promise<Response> => {
  const files = nameForm.test(name) ? await Promise.all(stores.map(store => store.bytes.open(name))) : []
  const file = files.find(found => found !== null)
  if (!file) throw new ProblemError('not_found', { detail: 'No such file.' })
  const about = fileHeaders(name, file.contentType)
  if (request.headers.get('if-none-match')?.includes(about.etag)) {
    return new Response(null, { status: 304, headers: about })
  }
  const { byteLength } = file
  const range = readRange(request.headers.get('range') ?? undefined, byteLength)
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${byteLength}` } })
  }
  const { start, end } = range ?? { start: 0, end: byteLength - 1 }
  const extent = {
    'content-length': String(end - start + 1),
    ...(range ? { 'content-range': `bytes ${start}-${end}/${byteLength}` } : {}),
  }
  const body = request.method === 'HEAD' ? null : file.read(start, end)
  return new Response(body, { status: range ? 206 : 200, headers: { ...about, ...extent } })
}

/**
 * Bytes of media stores that have no address of their own. An upload's address is its own proof: signed, for a day, and
 * known to whoever opened it.
 */
export const registerMedia = (app: Hono<KitEnv>, context: KitContext): void => {
  const stores = storesOf(context).filter(hasBytes)
  if (stores.length === 0) return
  app.use(
    '/media/*',
    cors({
      origin: '*',
      allowMethods: ['GET', 'HEAD', 'PUT'],
      allowHeaders: ['Content-Type', 'Content-Range', 'Range'],
      exposeHeaders: ['Range', 'Content-Range', 'Content-Length', 'Accept-Ranges', 'Retry-After', headers.requestId],
      maxAge: 7200,
    }),
  )
  app.put(mediaRoutes.receiveUpload.path, async c => {
    const arriving = await findArriving(stores, c.req.param('token'))
    const { body } = c.req.raw
    try {
      return await receivePut(context, arriving, { header: c.req.header('content-range'), body })
    } finally {
      await drainBody(body)
    }
  })
  app.get(mediaRoutes.readMedia.path, c => serveFile(stores, c.req.param('name'), c.req.raw))
}
