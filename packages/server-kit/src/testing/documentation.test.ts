import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiFaults, deliveryFaults, refundFaults } from './twin/faults.ts'
import { TwinControl } from './twin/twinControl.ts'

const run = promisify(execFile)
const kit = fileURLToPath(new URL('../..', import.meta.url))
const root = join(kit, '../..')
const page = await readFile(join(root, 'docs/testing.md'), 'utf8')

/** Each program of the page, under the heading that it stands below. */
const programs = page.split(/^## /m).flatMap(section => {
  const title = section.split('\n', 1)[0] ?? ''
  return [...section.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ''], index) => ({
    name: `${title} (${index + 1})`,
    code,
  }))
})

// Inside the package, so that its own name leads to its sources.
let folder: string
beforeAll(async () => {
  const parent = join(kit, '.venuekit')
  await mkdir(parent, { recursive: true })
  folder = await mkdtemp(join(parent, 'documentation-'))
  await Promise.all(programs.map(({ code }, index) => writeFile(join(folder, `program${index}.ts`), code)))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the page holds programs, and none of it goes untested', () => {
  expect(programs.length).toBeGreaterThan(5)
  expect(page.match(/^```/gm)).toHaveLength(programs.length * 2)
})

test('every fault and everything that the control does stands on the page', () => {
  for (const kind of [...apiFaults, ...deliveryFaults, ...refundFaults]) expect(page).toContain(`| \`${kind}\` |`)
  const methods = Object.getOwnPropertyNames(TwinControl.prototype).filter(name => name !== 'constructor')
  for (const method of methods) expect(page).toMatch(new RegExp(`\\b${method}\\(`))
})

test('every program has the types that it claims', async () => {
  const settings = { extends: '../../tsconfig.json', include: ['*.ts'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  const tsc = join(root, 'node_modules', '.bin', 'tsc')
  const { stdout } = await run(tsc, ['-p', folder]).catch((error: { stdout: string }) => error)
  expect(stdout).toBe('')
}, 60_000)

test.each(programs.map(({ name }, index) => [name, index] as const))(
  'runs: %s',
  async (_name, index) => {
    const file = join(folder, `program${index}.ts`)
    // What a program writes as a warning is a fault here as well.
    const { stderr } = await run(process.execPath, ['--conditions=@venuekit/source', '--no-warnings', file])
    expect(stderr).toBe('')
  },
  60_000,
)
