import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from './syncPath.ts'

/**
 * An upload on its way is a folder of segments, each named by where it begins. A segment gets its name only once it is
 * safe on disk, and a name can be given once: of two parts that arrive for one place the first wins, in whichever
 * process, and nothing needs a lock.
 */
export const segmentName = (offset: number): string => String(offset).padStart(15, '0')

const segmentForm = /^\d{15}$/

export interface Segment {
  path: string
  start: number
  byteLength: number
}

/** The segments that follow one another from the first byte on; null where the folder is gone. */
export const readSegments = async (folder: string): Promise<Segment[] | null> => {
  try {
    const names = (await readdir(folder)).filter(name => segmentForm.test(name)).sort()
    const segments: Segment[] = []
    let end = 0
    for (const name of names) {
      if (Number(name) !== end) break
      const path = join(folder, name)
      const { size } = await stat(path)
      segments.push({ path, start: end, byteLength: size })
      end += size
    }
    return segments
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

export const countBytes = (segments: readonly Segment[]): number =>
  segments.reduce((sum, segment) => sum + segment.byteLength, 0)
