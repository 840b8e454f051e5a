import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { EmptyProject } from './EmptyProject.ts'
import { readPacked } from './packed.ts'

const { core = '', 'server-kit': serverKit = '' } = inject('tarballs')
let project: EmptyProject

beforeAll(async () => {
  const { engines } = JSON.parse(await readPacked(serverKit, 'package.json')) as { engines: { node: string } }
  // `npx` runs what the project has before what the machine has: the oldest Node that is promised.
  const oldestNode = `node@${engines.node.replace('>=', '')}`
  project = await EmptyProject.create('command', [core, serverKit, '@electric-sql/pglite@0.5', 'stripe@23', oldestNode])
})
afterAll(() => project?.[Symbol.asyncDispose]())

/** As the guides say it; never a package of that name from the registry. */
const venuekit = (...args: string[]): Promise<string> => project.run('npx', ['--no-install', 'venuekit', ...args])
const answerOf = async (...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse(await venuekit(...args, '--json')) as Record<string, unknown>

test('npx runs the command of the package, which says its version', async () => {
  const { version } = JSON.parse(await readPacked(serverKit, 'package.json')) as { version: string }
  expect((await venuekit('--version')).trim()).toBe(version)
})

test('all of this runs on the oldest Node that the package promises', async () => {
  const { engines } = JSON.parse(await readPacked(serverKit, 'package.json')) as { engines: { node: string } }
  const ran = await project.run('npx', ['--no-install', 'node', '--version'])
  expect(ran).toContain(engines.node.replace('>=', 'v'))
})

test('the first steps that it names lead from an empty folder to a show on sale', async () => {
  const { next, written } = (await answerOf('init', '--pglite')) as { next: string[]; written: string[] }
  expect(written).toEqual(expect.arrayContaining(['.env', 'first-event.json']))
  for (const command of ['migrate', 'venues create', 'events create']) {
    const step = next.find(one => one.startsWith(`venuekit ${command}`)) ?? ''
    const words = [...step.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '')
    await venuekit(...words.slice(1))
  }
  const { name } = JSON.parse(await readFile(join(project.folder, 'first-event.json'), 'utf8')) as { name: string }
  expect(await venuekit('events', 'export')).toContain(name)
  expect(await answerOf('migrate')).toMatchObject({ migrations: [], functions: [] })
})

test('the migrations for the Supabase CLI come with the package', async () => {
  await venuekit('sql', 'export', '--supabase')
  const files = await readdir(join(project.folder, 'supabase/migrations'))
  expect(files.filter(file => /^\d{14}_venuekit_\w+\.sql$/.test(file))).toHaveLength(files.length)
  expect(files.length).toBeGreaterThan(10)
})

test('a folder without a configuration is told what to do, by an exit code that is not 0', async () => {
  await expect(venuekit('health', '--config', 'nowhere.mjs')).rejects.toThrow('There is no nowhere.mjs.')
})
