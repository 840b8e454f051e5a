import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DemoStack, startStack } from '../../examples/host/src/stack.ts'

/**
 * The whole demo on free ports with data of its own, which goes when it is disposed of. `pages` are further origins
 * that may use the venue's key.
 */
export const startDemo = async (pages: readonly string[] = []): Promise<DemoStack> => {
  const folder = mkdtempSync(join(tmpdir(), 'venuekit-e2e-'))
  const stack = await startStack({
    mode: 'serve',
    ports: { api: 0, twin: 0, site: 0 },
    folder,
    fresh: false,
    scratch: true,
    database: { kind: 'embedded', folder: join(folder, 'postgres') },
    stripe: null,
    pages,
  })
  return {
    ...stack,
    [Symbol.asyncDispose]: async () => {
      await stack[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
