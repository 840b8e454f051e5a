import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { feedLimits } from '@venuekit/core/contracts'
import type { MediaKind, MediaState, StoredUpload } from '../ports/mediaStore.ts'
import { assemble } from './assemble.ts'
import { examineImage } from './examineImage.ts'
import type { MediaFolder } from './mediaFolder.ts'
import { RejectedMedia } from './rejectMedia.ts'
import { runVideoWork } from './runVideoWork.ts'
import { countBytes, readSegments } from './segments.ts'

/** A finished file, not yet public, and what is known of it. */
interface Finished {
  contentType: string
  extension: string
  width: number
  height: number
  durationMs: number | null
}

/** Looks at the file at `from`; where `to` is given, writes it there as it is shown. Throws `RejectedMedia`. */
type Examine = (from: string, to: string | null, timeoutMs: number) => Promise<Finished>

const examiners: Record<MediaKind, Examine> = {
  async image(from, to) {
    const { parts, ...facts } = examineImage(await readFile(from))
    if (to !== null) await writeFile(to, parts)
    return { ...facts, durationMs: null }
  },
  async video(from, to, timeoutMs) {
    const work = { from, to, longestSeconds: feedLimits.videoSeconds }
    const { container, ...facts } = await runVideoWork(work, timeoutMs)
    return { ...facts, contentType: `video/${container}`, extension: container }
  },
}

/** What became of an upload on disk. Safe to run again wherever it was interrupted. */
export const examineUpload = async (
  folder: MediaFolder,
  { storeKey, kind, byteLength }: StoredUpload,
  { toUrl, videoTimeoutMs }: { toUrl: (name: string) => string; videoTimeoutMs: number },
): Promise<MediaState> => {
  const examine = examiners[kind]
  const published = await folder.findReady(storeKey)
  const toReady = (name: string, { extension: _extension, ...facts }: Finished): MediaState => ({
    status: 'ready',
    url: toUrl(name),
    posterUrl: null,
    ...facts,
  })
  const uploadFolder = folder.uploadFolder(storeKey)
  const segments = await readSegments(uploadFolder)
  const receivedBytes = segments && countBytes(segments)
  try {
    if (published) return toReady(published, await examine(folder.filePath(published), null, videoTimeoutMs))
    if (!segments || receivedBytes === null) return { status: 'gone' }
    if (receivedBytes < byteLength) return { status: 'waiting', receivedBytes }
    const finishedPath = join(uploadFolder, 'finished')
    const whole = await assemble(segments, join(uploadFolder, 'whole'))
    const facts = await examine(whole, finishedPath, videoTimeoutMs)
    return toReady(await folder.publish(storeKey, finishedPath, facts.extension), facts)
  } catch (error) {
    if (error instanceof RejectedMedia) return { status: 'rejected', rejection: error.rejection }
    throw error
  }
}
