import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { AssetSource } from '../ports/assets.ts'

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code))

/** The embed build as this package ships it. */
const shipped = fileURLToPath(new URL('../../embed/', import.meta.url))

const compress = promisify(gzip)

/** Files of a directory, read and compressed once and kept: an embed build does not change under a running server. */
export const directoryAssets = (directory: string = shipped): AssetSource => {
  const plain = new Map<string, Uint8Array<ArrayBuffer>>()
  const gzipped = new Map<string, Uint8Array<ArrayBuffer>>()

  const read = async (path: string) => {
    const known = plain.get(path)
    if (known) return known
    try {
      const bytes = new Uint8Array(await readFile(join(directory, path)))
      plain.set(path, bytes)
      return bytes
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  const readGzip = async (path: string) => {
    const known = gzipped.get(path)
    const bytes = known ? null : await read(path)
    if (!bytes) return known ?? null
    const small = new Uint8Array(await compress(bytes, { level: 9 }))
    gzipped.set(path, small)
    return small
  }

  return { read, readGzip }
}
