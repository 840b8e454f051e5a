import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { lockFolder } from '../adapters/lockFolder.ts'
import { pgliteDatabase } from '../adapters/pgliteDatabase.ts'
import { migrate } from '../migrations/migrate.ts'
import { testSqlFiles } from './testSqlFiles.ts'

/** Raised when the dump itself would come out otherwise: another engine, other settings. */
const dumpVersion = '2'

/** Where the snapshot of the SQL at hand lies, or will. */
export const pgliteSnapshotFile = async (): Promise<string> => {
  const { bootstrap, migrations, functions, views } = await testSqlFiles()
  const hash = createHash('sha256').update(dumpVersion).update(bootstrap)
  for (const { name, checksum } of [...migrations, ...functions, ...views]) hash.update(`${name} ${checksum} `)
  return join(tmpdir(), `venuekit-pglite-${hash.digest('hex').slice(0, 16)}.tar`)
}

/** Half of a dump is the two databases that new ones are copied from, which no test needs. */
const slim = `
update pg_database set datistemplate = false where datname like 'template%';
drop database template0;
drop database template1;
checkpoint`

const writeSnapshot = async (file: string): Promise<void> => {
  const database = pgliteDatabase()
  await migrate(database, await testSqlFiles())
  for (const statement of slim.split(';')) await database.withOwner(connection => connection.exec(statement))
  const dump = await database.dump()
  await database.close()
  // Written aside and renamed: nobody loads half a file.
  const half = `${file}.${process.pid}`
  await writeFile(half, new Uint8Array(await dump.arrayBuffer()))
  await rename(half, file)
}

/** Test files start at the same moment; one of them makes the snapshot and the others wait. */
const makeSnapshot = async (file: string): Promise<void> => {
  for (;;) {
    if (existsSync(file)) return
    let lock: ReturnType<typeof lockFolder>
    try {
      lock = lockFolder(file)
    } catch {
      await delay(50)
      continue
    }
    try {
      if (!existsSync(file)) await writeSnapshot(file)
      return
    } finally {
      lock.release()
    }
  }
}

/**
 * The dump of a migrated database. Made once for the SQL of this release, kept in the system's folder for temporary
 * files.
 */
export const readPgliteSnapshot = async (): Promise<Blob> => {
  const file = await pgliteSnapshotFile()
  await makeSnapshot(file)
  return new Blob([await readFile(file)])
}
