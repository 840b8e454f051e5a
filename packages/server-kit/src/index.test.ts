import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

/** What a module imports when it is loaded: types and imports by need are not among it. */
const importPattern = /^(?:import|export)\s+(?!type\b)[^'"]*?from\s+'([^']+)'/gm

const gather = async (module: URL, seen = new Set<string>(), packages = new Set<string>()): Promise<Set<string>> => {
  if (seen.has(module.href)) return packages
  seen.add(module.href)
  const source = await readFile(module, 'utf8')
  for (const [, name = ''] of source.matchAll(importPattern)) {
    if (name.startsWith('.')) await gather(new URL(name, module), seen, packages)
    else packages.add(name)
  }
  return packages
}

test('the root entry needs no adapter and no Node', async () => {
  const packages = [...(await gather(new URL('./index.ts', import.meta.url)))]
  expect(packages).toContain('hono')
  const allowed = /^(hono(\/.*)?|jose|zod\/mini|@venuekit\/core\/check-in|@venuekit\/core\/contracts)$/
  expect(packages.filter(name => !allowed.test(name))).toEqual([])
})
