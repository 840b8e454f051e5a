import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { readSecrets } from '../../../../examples/supabase/functions/venuekit/secrets.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const read = (path: string) => readFile(join(root, path), 'utf8')
const page = await read('docs/supabase.md')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code)

const [recipe = '', program = '', ...others] = blocks('ts')

test('the recipe for pages is the file that is run against the function', async () => {
  expect(recipe).toBe(await read('examples/supabase/page/connectVenueKit.ts'))
  expect(others).toEqual([])
})

test('what the page says of config.toml stands there', async () => {
  const lines = (text: string) => text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  expect(blocks('toml').flatMap(lines)).toEqual(lines(await read('examples/supabase/config.toml')))
})

test('the page tells every secret, and the function names those that are missing', async () => {
  const source = await read('examples/supabase/functions/venuekit/secrets.ts')
  const names = new Set(source.match(/\b(STRIPE|VENUEKIT|SUPABASE)_[A-Z_]+\b/g))
  // For the twin.
  names.delete('STRIPE_API_BASE')
  for (const name of names) expect(page).toContain(`\`${name}\``)
  expect(() => readSecrets(name => (name === 'STRIPE_ACCOUNT' ? 'acct_1' : undefined))).toThrow(
    /^Missing secrets: SUPABASE_URL, (?!.*STRIPE_ACCOUNT).*VENUEKIT_TIME_ZONE/,
  )
})

test('the program for tests runs', async () => {
  const parent = join(root, 'packages/server-kit/.venuekit')
  await mkdir(parent, { recursive: true })
  // Inside the package, so that its own name leads to its sources.
  const folder = await mkdtemp(join(parent, 'guide-'))
  try {
    const file = join(folder, 'program.ts')
    await writeFile(file, program)
    const flags = ['--conditions=@venuekit/source', '--no-warnings', file]
    const { stdout } = await promisify(execFile)(process.execPath, flags)
    expect(stdout).toMatch(/^the database says 20/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
