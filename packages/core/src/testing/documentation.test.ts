/// <reference types="node" />
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fault } from './Fault.ts'

const run = promisify(execFile)
const core = resolve(import.meta.dirname, '../..')
const root = resolve(core, '../..')
const page = await readFile(join(root, 'docs/testing-your-app.md'), 'utf8')

/** Each program of the page, under the heading that it stands below. */
const programs = page.split(/^## /m).flatMap(section => {
  const title = section.split('\n', 1)[0] ?? ''
  return [...section.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => ({ title, code }))
})

const kinds: Record<Fault['kind'], true> = { problem: true, status: true, network: true, lost_answer: true, wait: true }

// Inside the package, so that its own name leads to its sources.
let folder: string
beforeAll(async () => {
  const parent = join(core, '.venuekit')
  await mkdir(parent, { recursive: true })
  folder = await mkdtemp(join(parent, 'documentation-'))
  await Promise.all(programs.map(({ code }, at) => writeFile(join(folder, `program${at}.ts`), code)))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the page holds programs, and none of it goes untested', () => {
  expect(programs.length).toBeGreaterThan(4)
  expect(page.match(/^```/gm)).toHaveLength(programs.length * 2)
})

test('every fault stands on the page', () => {
  for (const kind of Object.keys(kinds)) expect(page).toContain(`| \`${kind}\` |`)
})

test('every program has the types that it claims', async () => {
  const compilerOptions = { types: ['node'], lib: ['es2023', 'dom', 'dom.iterable'] }
  const settings = { extends: '../../tsconfig.json', compilerOptions, include: ['*.ts'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  const tsc = join(root, 'node_modules/.bin/tsc')
  const { stdout } = await run(tsc, ['-p', folder]).catch((error: { stdout: string }) => error)
  expect(stdout).toBe('')
}, 60_000)

test.each(programs.map(({ title }, at) => [title, at] as const))(
  'runs: %s',
  async (_title, at) => {
    const file = join(folder, `program${at}.ts`)
    const { stderr } = await run(process.execPath, ['--conditions=@venuekit/source', '--no-warnings', file])
    expect(stderr).toBe('')
  },
  60_000,
)
