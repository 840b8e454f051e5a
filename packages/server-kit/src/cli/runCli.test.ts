import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exitCodes } from './exitCodes.ts'
import { runCli } from './runCli.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'venuekit-cli-'))
  await writeFile(join(folder, 'notes.json'), 'Buy milk')
  await writeFile(join(folder, 'wrong.json'), '{"evnts": []}')
})
afterAll(() => rm(folder, { recursive: true }))

const run = async (...args: string[]) => {
  const said = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof said) => ({
    width: null,
    write(text: string) {
      said[name] += text
    },
  })
  const code = await runCli(args, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: {},
    folder,
    onConsole: () => {},
    signal: new AbortController().signal,
  })
  return { code, ...said }
}

test('where a command is missing, people are shown the help and programs one line of JSON', async () => {
  for (const args of [[], ['job'], ['events']]) {
    const forPeople = await run(...args)
    expect(forPeople).toMatchObject({ code: exitCodes.usage, stdout: '', stderr: expect.stringContaining('Usage:') })
    const forPrograms = await run(...args, '--json')
    expect(forPrograms).toMatchObject({ code: exitCodes.usage, stdout: '' })
    expect(JSON.parse(forPrograms.stderr)).toMatchObject({ code: 'invalid_request', exitCode: exitCodes.usage })
  }
})

test('a file that is no JSON, or has no events, is a value that cannot be', async () => {
  for (const [file, says] of [
    ['notes.json', 'is no JSON'],
    ['wrong.json', 'has no events'],
  ] as const) {
    for (const command of ['create', 'import']) {
      const ran = await run('events', command, file, '--json')
      expect([command, ran.code, ran.stderr]).toEqual([command, exitCodes.usage, expect.stringContaining(says)])
    }
  }
})

test('an export goes nowhere without a folder, and says so where there can be none', async () => {
  const before = await readdir(folder)
  const nameless = await run('sql', 'export', '--supabase', '--to', '')
  expect(nameless).toMatchObject({ code: exitCodes.usage, stderr: expect.stringContaining('Name a folder.') })
  const within = await run('sql', 'export', '--supabase', '--to', 'notes.json')
  expect(within).toMatchObject({ code: exitCodes.refused, stderr: expect.stringContaining('cannot be written') })
  expect(await readdir(folder)).toEqual(before)
})
