import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of each packed package, by its folder's name. */
    tarballs: Record<string, string>
  }
}

const run = promisify(execFile)
const workspace = fileURLToPath(new URL('../../', import.meta.url))
export const folders = ['core', 'feed-widget', 'ticket-widget', 'server-kit']

/** Packs the packages as a release would, for all tests; they must have been built. */
export default async ({ provide }: TestProject) => {
  const place = await mkdtemp(join(tmpdir(), 'venuekit-packed-'))
  const pack = async (folder: string) => {
    const command = ['-y', 'pnpm@12', 'pack', '--json', '--pack-destination', place]
    const { stdout } = await run('npx', command, { cwd: join(workspace, 'packages', folder), maxBuffer: 1e8 })
    const { filename } = JSON.parse(stdout) as { filename: string }
    return [folder, filename] as const
  }
  const packed: (readonly [string, string])[] = []
  for (const folder of folders) packed.push(await pack(folder))
  provide('tarballs', Object.fromEntries(packed))
  return () => rm(place, { recursive: true, force: true })
}
