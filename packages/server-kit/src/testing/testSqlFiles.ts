import { readSqlFiles, type SqlFiles } from '../migrations/sqlFiles.ts'

/** The SQL that test databases are made from: the package's, or the folder that `VENUEKIT_SQL` (a file URL) names. */
export const testSqlFiles = (): Promise<SqlFiles> => {
  const folder = process.env.VENUEKIT_SQL
  return folder === undefined ? readSqlFiles() : readSqlFiles(new URL(folder))
}
