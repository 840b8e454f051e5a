import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportFile } from './exportFile.ts'

export interface WrittenExport {
  folder: string
  /** Names of files that were not there yet. */
  written: string[]
  /** There already, word for word. */
  kept: string[]
}

/** A file of that name says something else: none was written. */
export class ExportConflict extends Error {
  override readonly name = 'ExportConflict'
  readonly files: string[]

  constructor(files: string[], folder: string) {
    super(
      `${files.join(', ')} in ${folder} read otherwise than in this release. Files that a database has recorded must stay as they are: restore them from your version control; if no database has them yet, delete them and export again.`,
    )
    this.files = files
  }
}

/** A checkout on Windows ends its lines otherwise; the words are the same. */
const readIfThere = async (path: string): Promise<string | null> => {
  try {
    return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Adds what is missing in the folder, and changes nothing that is there. Throws `ExportConflict`. */
export const writeExport = async (folder: string, files: readonly ExportFile[]): Promise<WrittenExport> => {
  const present = await Promise.all(files.map(({ name }) => readIfThere(join(folder, name))))
  const conflicts = files.filter(({ sql }, index) => present[index] !== null && present[index] !== sql)
  if (conflicts.length > 0) {
    throw new ExportConflict(
      conflicts.map(({ name }) => name),
      folder,
    )
  }
  await mkdir(folder, { recursive: true })
  const missing = files.filter((_, index) => present[index] === null)
  for (const { name, sql } of missing) await writeFile(join(folder, name), sql)
  const kept = files.filter((_, index) => present[index] !== null)
  return { folder, written: missing.map(({ name }) => name), kept: kept.map(({ name }) => name) }
}
