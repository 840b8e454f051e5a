import { readFile } from 'node:fs/promises'

/** The same distance from `src/cli` and from `dist/cli`. */
const packageFile = new URL('../../package.json', import.meta.url)

/** The version of server-kit that the command line belongs to. */
export const readVersion = async (): Promise<string> =>
  (JSON.parse(await readFile(packageFile, 'utf8')) as { version: string }).version
