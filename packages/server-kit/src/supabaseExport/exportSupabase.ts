import { readdir, readFile } from 'node:fs/promises'
import { packagedSql, readSqlFiles } from '../migrations/sqlFiles.ts'
import type { ExportFile } from './exportFile.ts'
import { type ExportState, newFiles } from './newFiles.ts'

const folderOf = (sql: URL): URL => new URL('supabase/', sql)

export const readExportState = async (sql: URL = packagedSql): Promise<ExportState> =>
  JSON.parse(await readFile(new URL('state.json', folderOf(sql)), 'utf8')) as ExportState

const readReleased = async (sql: URL): Promise<ExportFile[]> => {
  const folder = new URL('released/', folderOf(sql))
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(names.map(async name => ({ name, sql: await readFile(new URL(name, folder), 'utf8') })))
}

/**
 * The database as files for `supabase/migrations`, in order: those of every release so far, word for word, and what this
 * one adds. A database that they made and one that `migrate()` made are equal, and neither finds anything to do in the
 * other's.
 */
export const exportSupabase = async (sql: URL = packagedSql): Promise<ExportFile[]> => {
  const [files, state, released] = await Promise.all([readSqlFiles(sql), readExportState(sql), readReleased(sql)])
  return [...released, ...newFiles(files, state)]
}
