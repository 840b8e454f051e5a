import type { VenueKitClient } from '@venuekit/core'
import type { Post, Upload } from '@venuekit/core/contracts'
import { createSampleVideo } from '@venuekit/server-kit/testing'
import type { Finding } from './finding.ts'
import { venue } from './programme.ts'

const sendVideo = async (client: VenueKitClient, seconds: number): Promise<Upload> => {
  const video = await createSampleVideo({ seconds })
  const uploadId = crypto.randomUUID()
  const { upload } = await client.createUpload({
    body: { uploadId, feedId: venue.feedId, kind: 'video', contentType: 'video/mp4', byteLength: video.length },
  })
  const sent = await fetch(upload.uploadUrl ?? '', { method: 'PUT', body: video })
  if (!sent.ok) throw new Error(`The upload was answered by ${sent.status}: ${await sent.text()}`)
  return (await client.getUpload({ params: { uploadId } })).upload
}

const postVideo = async (client: VenueKitClient, { id }: Upload): Promise<Post> => {
  const params = { feedId: venue.feedId }
  const body = { clientId: crypto.randomUUID(), text: 'Soundcheck.', media: [{ uploadId: id }] }
  return (await client.createPost({ params, body })).post
}

/** A short video becomes a post that plays; one of 31 seconds is refused. */
export const checkVideos = async (client: VenueKitClient): Promise<Finding[]> => {
  const short = await sendVideo(client, 6)
  const [video] = short.status === 'ready' ? (await postVideo(client, short)).media : []
  const file = await fetch(video?.url ?? '', { method: 'HEAD' }).catch(() => null)
  const long = await sendVideo(client, 31)
  return [
    {
      what: 'video',
      good: video?.status === 'ready' && file?.headers.get('content-type') === 'video/mp4',
      seen: video ? `${video.url} ${video.width} × ${video.height}, ${video.durationMs} ms` : short.status,
    },
    {
      what: 'video',
      good: long.rejection?.reason === 'too_long',
      seen: long.rejection ? `refused: ${long.rejection.detail}` : `of 31 seconds: ${long.status}`,
    },
  ]
}
