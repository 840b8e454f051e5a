import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { MediaBytes } from '../ports/mediaBytes.ts'
import type { MediaState, MediaStore } from '../ports/mediaStore.ts'
import { toBase64url } from '../services/base64url.ts'
import { examineUpload } from './examineUpload.ts'
import { contentTypes, type MediaFolder, openMediaFolder } from './mediaFolder.ts'
import { receivePart } from './receivePart.ts'
import { countBytes, readSegments } from './segments.ts'
import { isMissing } from './syncPath.ts'
import { createUploadTokens, type UploadTokens } from './uploadToken.ts'
import { createWorkQueue } from './workQueue.ts'

export interface LocalMediaOptions {
  /** Where files lie; made if it is not there. Several processes of one machine may share it. */
  folder: string
  /**
   * The kit's own address as browsers reach it, `basePath` included, such as `https://api.example/venuekit`. It stands
   * in posts for as long as they do. A function is asked for each address.
   */
  publicUrl: string | (() => string)
  /** Signs the addresses of uploads: at least 32 characters, made at random. */
  secret: string
  /** How long the work on one video may take before it is refused as damaged; 60,000 by default. */
  videoTimeoutMs?: number
  /** Milliseconds since the epoch, for tests. */
  clock?: () => number
}

/** A video is held in memory while its index is written to the front of the file. */
const workAtOnce = 2

const openFile = async (folder: MediaFolder, name: string): ReturnType<MediaBytes['open']> => {
  const contentType = contentTypes[name.slice(name.lastIndexOf('.') + 1)]
  if (contentType === undefined) return null
  try {
    const path = folder.filePath(name)
    const { size } = await stat(path)
    const read = (start: number, end: number) =>
      Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream<Uint8Array<ArrayBuffer>>
    return { contentType, byteLength: size, read }
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const createBytes = (folder: MediaFolder, tokens: UploadTokens): MediaBytes => ({
  address: token => tokens.verify(token),
  async countReceived({ storeKey, byteLength }) {
    if (await folder.findReady(storeKey)) return byteLength
    const segments = await readSegments(folder.uploadFolder(storeKey))
    return segments && countBytes(segments)
  },
  receive: ({ storeKey }, part) => receivePart(folder.uploadFolder(storeKey), part),
  open: name => openFile(folder, name),
})

/**
 * Images and videos on this machine's disk, uploaded to and served by the kit itself. A file is what its bytes say;
 * place, device and time are taken out of it; videos are written anew so that they play while they load.
 */
export const localMedia = (options: LocalMediaOptions): MediaStore => {
  const { folder: root, publicUrl, secret, videoTimeoutMs = 60_000, clock = Date.now } = options
  if (secret.length < 32) throw new Error('localMedia: the secret must have at least 32 characters, made at random')
  const folder = openMediaFolder(root)
  const tokens = createUploadTokens(secret, clock)
  const work = createWorkQueue<MediaState>(workAtOnce)
  const toUrl = (path: string): string => {
    const base = typeof publicUrl === 'function' ? publicUrl() : publicUrl
    return `${base.replace(/\/$/, '')}/media/${path}`
  }
  return {
    name: 'local',
    async open({ byteLength }) {
      const storeKey = toBase64url(crypto.getRandomValues(new Uint8Array(16)))
      await folder.begin(storeKey)
      const token = await tokens.sign({ storeKey, byteLength })
      return { storeKey, uploadUrl: toUrl(`uploads/${token}`) }
    },
    inspect: upload => work(upload.storeKey, () => examineUpload(folder, upload, { toUrl, videoTimeoutMs })),
    remove: storeKey => folder.remove(storeKey),
    sweep: () => folder.sweep(Date.now()),
    bytes: createBytes(folder, tokens),
  }
}
