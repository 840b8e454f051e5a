import { type HttpHandler, http } from 'msw/http'
import { TestProblem } from './TestProblem.ts'
import { waitingItem } from './takeUploads.ts'
import { tellPost } from './tellPost.ts'
import type { VenueContext } from './VenueContext.ts'
import type { StoredUpload } from './VenueState.ts'

const wantMore = ({ upload }: StoredUpload): Response => {
  const headers = new Headers()
  if (upload.receivedBytes > 0) headers.set('Range', `bytes=0-${upload.receivedBytes - 1}`)
  return new Response(null, { status: 308, headers })
}

/** Where a part begins; null for a question how far the upload is, undefined for what is no range of it. */
const readStart = (header: string | null, { byteLength }: StoredUpload): number | null | undefined => {
  if (header === null) return 0
  const [, start, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(header) ?? []
  if (Number(total) !== byteLength) return undefined
  return start === undefined ? null : Number(start)
}

/** All bytes are in: what the server finds in them is what `inspect` says. */
const finish = (venue: VenueContext, stored: StoredUpload): void => {
  const found = venue.inspect(stored)
  const done = { ...stored.upload, uploadUrl: null }
  if ('reason' in found) stored.upload = { ...done, status: 'rejected', rejection: found }
  else {
    const url = `${venue.apiUrl}/media/${stored.upload.id}`
    const media = { ...waitingItem(stored), ...found, status: 'ready' as const, url }
    stored.upload = { ...done, status: 'ready', media }
  }
  updatePost(venue, stored)
}

const updatePost = (venue: VenueContext, { upload, postId }: StoredUpload): void => {
  const post = venue.state.posts.find(({ id }) => id === postId)
  if (!post) return
  post.media = post.media.map(item => {
    if (item.id !== upload.id) return item
    return upload.media ? { ...upload.media, alt: item.alt } : { ...item, status: 'failed' as const }
  })
  post.version++
  tellPost(venue, post)
}

const receive = async (venue: VenueContext, stored: StoredUpload, request: Request): Promise<Response> => {
  if (stored.upload.status !== 'waiting') return new Response(null)
  const start = readStart(request.headers.get('Content-Range'), stored)
  if (start === undefined) {
    const example = `bytes 0-${stored.byteLength - 1}/${stored.byteLength}`
    throw new TestProblem('invalid_request', { fields: { 'Content-Range': `is not like ${example}` } })
  }
  if (start !== stored.upload.receivedBytes) return wantMore(stored)
  const part = new Uint8Array(await request.arrayBuffer())
  if (start + part.length > stored.byteLength) {
    const detail = `More bytes than the ${stored.byteLength - start} that were announced.`
    throw new TestProblem('payload_too_large', { detail })
  }
  stored.bytes.set(part, start)
  const receivedBytes = start + part.length
  stored.upload = { ...stored.upload, receivedBytes }
  if (receivedBytes < stored.byteLength) return wantMore(stored)
  finish(venue, stored)
  return new Response(null)
}

const find = (venue: VenueContext, uploadId: unknown, what: string): StoredUpload => {
  const stored = venue.state.uploads.find(({ upload }) => upload.id === uploadId)
  if (stored) return stored
  throw new TestProblem('not_found', { detail: `No such ${what}.` })
}

const answer = async (work: () => Response | Promise<Response>): Promise<Response> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TestProblem) return error.toResponse()
    throw error
  }
}

/** Where the bytes of uploads go, in parts as they come, and where they are read again. */
export const mediaHandlers = (venue: VenueContext): HttpHandler[] => [
  http.put(`${venue.apiUrl}/media/uploads/:uploadId`, ({ request, params }) =>
    answer(() => receive(venue, find(venue, params.uploadId, 'upload'), request)),
  ),
  http.get(`${venue.apiUrl}/media/:uploadId`, ({ params }) =>
    answer(() => {
      const { bytes, contentType } = find(venue, params.uploadId, 'file')
      return new Response(bytes, { headers: { 'Content-Type': contentType } })
    }),
  ),
]
