import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing, syncPath } from './syncPath.ts'

/** What a file may be shown as, by the end of its name. */
export const contentTypes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  mp4: 'video/mp4',
  webm: 'video/webm',
}

const keyForm = /^[A-Za-z0-9_-]{22}$/
/** Twice as long as an upload's address holds. */
const staleMs = 172_800_000

/** `uploads/<key>/` holds what is on its way, `files/<key>.<extension>` what is ready; nothing else is ever written. */
export interface MediaFolder {
  uploadFolder(key: string): string
  filePath(name: string): string
  /** The name of the ready file; null where there is none. */
  findReady(key: string): Promise<string | null>
  begin(key: string): Promise<void>
  /** Makes a finished file public, durably, and drops what it was made of. */
  publish(key: string, from: string, extension: string): Promise<string>
  remove(key: string): Promise<void>
  /** Drops uploads that were begun so long ago that no row can know them. */
  sweep(now: number): Promise<void>
}

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

export const openMediaFolder = (root: string): MediaFolder => {
  const uploads = join(root, 'uploads')
  const files = join(root, 'files')
  const uploadFolder = (key: string): string => {
    if (!keyForm.test(key)) throw new Error(`no key of the local media store: ${JSON.stringify(key)}`)
    return join(uploads, key)
  }
  const filePath = (name: string): string => join(files, name)
  const namesOf = (key: string): string[] => Object.keys(contentTypes).map(extension => `${key}.${extension}`)
  return {
    uploadFolder,
    filePath,
    async findReady(key) {
      for (const name of namesOf(key)) if (await exists(filePath(name))) return name
      return null
    },
    async begin(key) {
      await mkdir(uploadFolder(key), { recursive: true })
      await syncPath(uploads)
    },
    async publish(key, from, extension) {
      await mkdir(files, { recursive: true })
      await syncPath(from)
      const name = `${key}.${extension}`
      await rename(from, filePath(name))
      await syncPath(files)
      await rm(uploadFolder(key), { recursive: true, force: true })
      return name
    },
    async remove(key) {
      await rm(uploadFolder(key), { recursive: true, force: true })
      for (const name of namesOf(key)) await rm(filePath(name), { force: true })
    },
    async sweep(now) {
      const keys = (await exists(uploads)) ? await readdir(uploads) : []
      for (const key of keys.filter(name => keyForm.test(name))) {
        const { mtimeMs } = await stat(join(uploads, key))
        if (mtimeMs < now - staleMs) await rm(join(uploads, key), { recursive: true, force: true })
      }
    },
  }
}
