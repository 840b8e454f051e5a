import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type PgliteDatabase, pgliteDatabase } from '../../packages/server-kit/src/adapters/pgliteDatabase.ts'
import { migrate } from '../../packages/server-kit/src/migrations/migrate.ts'
import { readSqlFiles } from '../../packages/server-kit/src/migrations/sqlFiles.ts'
import { pgliteSnapshotFile, readPgliteSnapshot } from '../../packages/server-kit/src/testing/pgliteSnapshot.ts'
import { type Guard, without } from './guard.ts'

/** Made new, so that its privileges are those that its file gives. Its triggers go and come with it. */
const replaceFunction = async (database: PgliteDatabase, folder: string, { file }: Guard): Promise<void> => {
  const name = file.replace(/^.*\/|\.sql$/g, '')
  await database.withOwner(async connection => {
    const signatures = await connection.query<{ signature: string }>(
      `select p.oid::regprocedure::text as signature from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname || '.' || p.proname = $1`,
      [name],
    )
    for (const { signature } of signatures) await connection.exec(`drop function ${signature} cascade`)
    // Views may have gone with it.
    await connection.query(
      `delete from venuekit.functions f where f.name = $1
         or not exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                        where n.nspname || '.' || p.proname = f.name)`,
      [name],
    )
  })
  await migrate(database, await readSqlFiles(pathToFileURL(`${folder}/`)))
  const text = await readFile(join(folder, file), 'utf8')
  // Migrating checks no body; here a text that cannot run would count as a guard that some test missed.
  await database.withOwner(async connection => {
    await connection.exec('begin; set local role venuekit_owner; set local check_function_bodies = on')
    await connection.exec(text)
    await connection.exec('rollback')
  })
}

/**
 * Writes the snapshot that tests load for the SQL in `folder`, which lacks one guard and is what `VENUEKIT_SQL` names. A function is replaced in an
 * image of the whole, which takes a quarter of the time of migrating. Throws where the SQL cannot be applied.
 */
export const writeMutantImage = async (folder: string, base: Blob, guard: Guard): Promise<void> => {
  if (guard.file.startsWith('migrations/')) {
    await readPgliteSnapshot()
    return
  }
  const database = pgliteDatabase({ loadDataDir: base })
  try {
    await replaceFunction(database, folder, guard)
    const dump = await database.dump()
    await writeFile(await pgliteSnapshotFile(), new Uint8Array(await dump.arrayBuffer()))
  } finally {
    await database.close()
  }
}

/** The files' texts without the guards, in `folder`; the answer puts them back. */
export const takeOut = async (folder: string, guards: Guard[]): Promise<() => Promise<void>> => {
  const texts = new Map<string, string>()
  for (const file of new Set(guards.map(guard => guard.file))) {
    const text = await readFile(join(folder, file), 'utf8')
    texts.set(file, text)
    const gone = guards.filter(guard => guard.file === file)
    await writeFile(join(folder, file), without(text, gone))
  }
  return async () => {
    for (const [file, text] of texts) await writeFile(join(folder, file), text)
  }
}
