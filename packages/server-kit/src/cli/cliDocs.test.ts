import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checks } from '../doctor/checks.ts'
import { Cli } from './cli.ts'
import { exitCodes } from './exitCodes.ts'
import { createProgram } from './program.ts'

const page = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8')

interface Shown {
  readonly commands: readonly Shown[]
  readonly options: readonly { long?: string | undefined }[]
  name(): string
}

const stream = { write: () => {}, width: null }
const { signal } = new AbortController()
const cli = new Cli({ stdout: stream, stderr: stream, env: {}, folder: '/', onConsole: () => {}, signal })
const program = createProgram(cli, '0') as unknown as Shown

const leaves = (command: Shown, path: string): [string, Shown][] =>
  command.commands.length === 0
    ? [[path, command]]
    : command.commands.flatMap(child => leaves(child, `${path} ${child.name()}`))

const sections = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map(text => [text.split('\n', 1)[0] ?? '', text.split(/^## /m)[0] ?? '']),
)

const longOf = (command: Shown): string[] => command.options.flatMap(({ long }) => (long ? [long] : []))
const globals = longOf(program)

test('the page describes every command, and none that is not there', () => {
  expect([...sections.keys()].sort()).toEqual(
    leaves(program, 'venuekit')
      .map(([path]) => path)
      .sort(),
  )
})

test('each command has its options on the page and an example that uses no other', () => {
  for (const [path, command] of leaves(program, 'venuekit')) {
    const text = sections.get(path) ?? ''
    const mentioned = text.match(/(?<![\w-])--[a-z][a-z-]+/g) ?? []
    for (const long of longOf(command)) expect(mentioned, path).toContain(long)
    for (const long of mentioned) expect([...longOf(command), ...globals], path).toContain(long)
    expect(text, path).toMatch(new RegExp(`\`\`\`sh\n${path}`))
  }
})

test('the options of every command stand at the top', () => {
  for (const long of globals.filter(name => name !== '--version')) expect(page).toContain(`\`${long}`)
})

test('the table of exit codes is the program’s', () => {
  const rows = [...page.matchAll(/^\| (\d+) \| (\w+) \|/gm)].map(([, code, name]) => [name, Number(code)])
  expect(Object.fromEntries(rows)).toEqual(exitCodes)
})

test('the table of checks is doctor’s', () => {
  const table = sections.get('venuekit doctor') ?? ''
  expect([...table.matchAll(/^\| (\w+) \|/gm)].map(([, name]) => name).slice(1)).toEqual(checks.map(({ name }) => name))
})
