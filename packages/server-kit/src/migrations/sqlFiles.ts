import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

/** One file of `sql/`, as the package brings it. */
export interface SqlFile {
  name: string
  sql: string
  /** sha256 of the text, line ends made equal so that a checkout on another system changes nothing. */
  checksum: string
}

export interface Migration extends SqlFile {
  number: number
}

/** Everything that migrating applies. */
export interface SqlFiles {
  /** The version of the package that brings them. */
  release: string
  bootstrap: string
  migrations: Migration[]
  functions: SqlFile[]
  /** Views name functions, so they come last. */
  views: SqlFile[]
}

/** The same distance from `src/migrations` and from `dist/migrations`. */
export const packagedSql = new URL('../../sql/', import.meta.url)

const readText = async (url: URL): Promise<string> => (await readFile(url, 'utf8')).replaceAll('\r\n', '\n')

const readFolder = async (folder: URL): Promise<SqlFile[]> => {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async name => {
      const sql = await readText(new URL(name, folder))
      return { name: name.slice(0, -'.sql'.length), sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

const toMigration = (file: SqlFile): Migration => {
  const number = Number.parseInt(file.name, 10)
  if (!/^\d{4}_[a-z][a-z0-9_]*$/.test(file.name)) {
    throw new Error(`sql/migrations/${file.name}.sql: call it NNNN_name.sql`)
  }
  return { ...file, number }
}

const packageFile = new URL('../../package.json', import.meta.url)

const readRelease = async (): Promise<string> => {
  const { version } = JSON.parse(await readText(packageFile)) as { version: string }
  return version
}

/** Reads `sql/`, by default the package's own. Throws where two migrations share a number. */
export const readSqlFiles = async (folder: URL = packagedSql): Promise<SqlFiles> => {
  const [release, bootstrap, migrations, functions, views] = await Promise.all([
    readRelease(),
    readText(new URL('bootstrap.sql', folder)),
    readFolder(new URL('migrations/', folder)),
    readFolder(new URL('functions/', folder)),
    readFolder(new URL('views/', folder)),
  ])
  const numbered = migrations.map(toMigration)
  for (const [index, { number, name }] of numbered.entries()) {
    if (number !== index + 1) throw new Error(`sql/migrations/${name}.sql: number ${index + 1} is missing or twice`)
  }
  return { release, bootstrap, migrations: numbered, functions, views }
}
