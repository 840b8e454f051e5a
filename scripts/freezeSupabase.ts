import { readFile, writeFile } from 'node:fs/promises'
import { readSqlFiles } from '../packages/server-kit/src/migrations/sqlFiles.ts'
import { readExportState } from '../packages/server-kit/src/supabaseExport/exportSupabase.ts'
import { newFiles, stateOf } from '../packages/server-kit/src/supabaseExport/newFiles.ts'

// Part of a release: keeps for ever what it adds to `venuekit sql export --supabase`. Run it once the version is set and
// the SQL is final. With --check it writes nothing, and fails where a release would go out without its files.

const folder = new URL('../packages/server-kit/sql/supabase/', import.meta.url)

const dayAfter = (stamp: string): string => {
  const day = new Date(`${stamp.slice(0, 4)}-${stamp.slice(4, 6)}-${stamp.slice(6)}T00:00:00Z`)
  const next = Math.max(day.getTime() + 86_400_000, Date.now())
  return new Date(next).toISOString().slice(0, 10).replaceAll('-', '')
}

const isThere = (url: URL): Promise<boolean> =>
  readFile(url).then(
    () => true,
    () => false,
  )

const [sql, state] = await Promise.all([readSqlFiles(), readExportState()])
const files = newFiles(sql, state)
if (process.argv.includes('--check')) {
  if (files.length > 0)
    throw new Error(`${files.length} files of ${sql.release} are not kept yet: pnpm freeze:supabase, and commit them`)
  process.exit()
}
for (const file of files) {
  const url = new URL(`released/${file.name}`, folder)
  if (await isThere(url))
    throw new Error(`sql/supabase/released/${file.name} is there already: a released file never changes`)
  await writeFile(url, file.sql)
}
if (files.length > 0) {
  const next = { next: dayAfter(state.next), released: stateOf(sql) }
  await writeFile(new URL('state.json', folder), `${JSON.stringify(next, null, 2)}\n`)
}
console.log(`${files.length} files of ${sql.release} are kept in sql/supabase/released`)
