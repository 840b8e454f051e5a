import { type FileHandle, link, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReceivedPart, UploadPart } from '../ports/mediaBytes.ts'
import { countBytes, readSegments, segmentName } from './segments.ts'
import { isMissing, syncPath } from './syncPath.ts'

/** A killed process loses at most this much of what it was receiving. */
const segmentBytes = 4_194_304

interface Draft {
  path: string
  file: FileHandle
  start: number
  byteLength: number
}

const startDraft = async (folder: string, start: number): Promise<Draft> => {
  const path = join(folder, `draft-${crypto.randomUUID()}`)
  return { path, file: await open(path, 'wx'), start, byteLength: 0 }
}

const drop = async ({ path, file }: Draft): Promise<void> => {
  await file.close()
  await rm(path, { force: true })
}

/** Gives a draft its name. False where another part was first. */
const keep = async (folder: string, draft: Draft): Promise<boolean> => {
  await draft.file.sync()
  try {
    await link(draft.path, join(folder, segmentName(draft.start)))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await drop(draft)
    await syncPath(folder).catch(() => {})
  }
}

/** `broken`: the connection ended before the part did. `lost`: another part took the place. */
type Ending = 'whole' | 'broken' | 'too_long' | 'lost'

const readNext = async (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | 'ended' | 'broken'> => {
  try {
    const { done, value } = await reader.read()
    return done ? 'ended' : value
  } catch {
    return 'broken'
  }
}

const writeSegments = async (
  folder: string,
  part: UploadPart,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<Ending> => {
  const end = part.start + part.length
  let draft = await startDraft(folder, part.start)
  try {
    for (;;) {
      const chunk = await readNext(reader)
      if (typeof chunk === 'string') {
        const { start, byteLength } = draft
        if (byteLength > 0 && !(await keep(folder, draft))) return 'lost'
        return chunk === 'ended' && start + byteLength === end ? 'whole' : 'broken'
      }
      if (draft.start + draft.byteLength + chunk.length > end) return 'too_long'
      await draft.file.writeFile(chunk)
      draft.byteLength += chunk.length
      if (draft.byteLength < segmentBytes) continue
      const next = draft.start + draft.byteLength
      if (!(await keep(folder, draft))) return 'lost'
      draft = await startDraft(folder, next)
    }
  } finally {
    await drop(draft).catch(() => {})
  }
}

/** Writes a part as it comes, a segment at a time; what came before a broken connection stays. */
export const receivePart = async (folder: string, part: UploadPart): Promise<ReceivedPart> => {
  const reader = part.body.getReader()
  try {
    const ending = await writeSegments(folder, part, reader)
    const segments = await readSegments(folder)
    if (!segments) return { outcome: 'gone' }
    return { outcome: ending === 'too_long' ? 'too_long' : 'received', receivedBytes: countBytes(segments) }
  } catch (error) {
    if (isMissing(error)) return { outcome: 'gone' }
    throw error
  } finally {
    reader.releaseLock()
  }
}
