import type { PgliteDatabase } from '../adapters/pgliteDatabase.ts'

let snapshot: Promise<Blob> | undefined

/**
 * A fresh migrated database in memory, loaded from a snapshot that the first caller on this machine makes.
 * Needs the package `@electric-sql/pglite`, and asks for it only here: the twin does not need it.
 */
export const createPgliteDatabase = async (): Promise<PgliteDatabase> => {
  const [{ pgliteDatabase }, { readPgliteSnapshot }] = await Promise.all([
    import('../adapters/pgliteDatabase.ts'),
    import('./pgliteSnapshot.ts'),
  ])
  snapshot ??= readPgliteSnapshot()
  return pgliteDatabase({ loadDataDir: await snapshot })
}
