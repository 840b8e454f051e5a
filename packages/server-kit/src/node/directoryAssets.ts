import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AssetSource } from '../ports/assets.ts'

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code))

/** The embed build as this package ships it. */
const shipped = fileURLToPath(new URL('../../embed/', import.meta.url))

/** Files of a directory, read once and kept: an embed build does not change under a running server. */
export const directoryAssets = (directory: string = shipped): AssetSource => {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  return {
    async read(path) {
      const known = kept.get(path)
      if (known) return known
      try {
        const bytes = new Uint8Array(await readFile(join(directory, path)))
        kept.set(path, bytes)
        return bytes
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
  }
}
