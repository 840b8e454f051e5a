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
    /^Missing secrets: SUPABASE_SERVICE_ROLE_KEY, SUPABASE_URL, (?!.*STRIPE_ACCOUNT).*VENUEKIT_TIME_ZONE/,
  )
})

test('a project’s secret key is taken before the key that older projects have', () => {
  const read = (own: Record<string, string>) => readSecrets(name => own[name] ?? 'set')
  expect(read({ SUPABASE_SECRET_KEYS: '{"jobs":"sb_secret_b","default":"sb_secret_a"}' }).secretKey).toBe('sb_secret_a')
  expect(read({ SUPABASE_SECRET_KEYS: '{"jobs":"sb_secret_b"}' }).secretKey).toBe('sb_secret_b')
  expect(() => read({ SUPABASE_SECRET_KEYS: '{}' })).toThrow('holds no key')
  expect(read({ SUPABASE_SECRET_KEYS: '', SUPABASE_SERVICE_ROLE_KEY: 'eyJ' }).secretKey).toBe('eyJ')
})

test('the function asks for the packages in the versions that it is tried with', async () => {
  const json = async (path: string) => JSON.parse(await read(path)) as Record<string, Record<string, string>>
  const { imports = {} } = await json('examples/supabase/functions/venuekit/deno.json')
  const { dependencies = {} } = await json('examples/supabase/package.json')
  const { version } = await json('packages/server-kit/package.json')
  for (const [name, asked] of Object.entries(imports)) {
    const [, scope, own] = /^(@[\w-]+\/[\w-]+|[\w-]+)(\/.*)?$/.exec(name) ?? []
    const wanted = scope === '@venuekit/server-kit' ? `^${version}` : dependencies[scope ?? '']
    expect(asked).toBe(`npm:${scope}@${wanted}${own ?? ''}`)
  }
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
