import { readFileSync } from 'node:fs'
import { adminEndpoints, adminRoutes } from '@venuekit/core/contracts'
import { expect, test } from 'vitest'
import type { AlertRule } from '../services/alertRule.ts'
import { type AlertCode, alertRules } from '../services/alertRules.ts'
import { readRunbook, runbookCalls, runbookCommands } from '../testing/readRunbook.ts'
import { Cli } from './cli.ts'
import { createProgram } from './program.ts'

const sections = readRunbook()
const codes = Object.keys(alertRules) as AlertCode[]
const sectionOf = (code: string) => sections.filter(section => section.codes.includes(code))

const nowhere = { write: () => {}, width: null }
const { signal } = new AbortController()
const terminal = { stdout: nowhere, stderr: nowhere, env: {}, folder: '/', onConsole: () => {}, signal }
const program = createProgram(new Cli(terminal), '0')

interface Parser {
  commands: readonly Parser[]
  options: readonly { long?: string | undefined; required: boolean }[]
  registeredArguments: readonly { required: boolean; variadic: boolean }[]
  name(): string
}

/** Null where the command line takes it; else what is wrong. */
const faultOf = (command: string): string | null => {
  const [, ...words] = command.split(/\s+/)
  let at = program as unknown as Parser
  while (words.length > 0) {
    const next = at.commands.find(child => child.name() === words[0])
    if (!next) break
    at = next
    words.shift()
  }
  if (at.commands.length > 0) return `no such command: ${words[0] ?? 'none'}`
  let given = 0
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (!word.startsWith('-')) {
      given += 1
      continue
    }
    const option = at.options.find(({ long }) => long === word)
    if (!option) return `${at.name()} takes no ${word}`
    if (option.required) index += 1
  }
  const wanted = at.registeredArguments.filter(({ required }) => required).length
  const most = at.registeredArguments.some(({ variadic }) => variadic) ? given : at.registeredArguments.length
  return given < wanted || given > most ? `${at.name()} takes ${wanted} arguments, not ${given}` : null
}

test.each(codes)('%s has one section of the runbook, with all that it needs', code => {
  const [section, ...more] = sectionOf(code)
  expect(more).toEqual([])
  expect(section?.text).toMatch(/\*\*Means\*\*/)
  expect(section?.text).toMatch(/\*\*Look at\*\*/)
  expect(section?.text).toMatch(/\*\*It worked\*\*/)
  expect(section?.blocks[0]?.length).toBeGreaterThan(0)
})

test.each(codes)('the command that an alert %s names first is in its section', code => {
  expect(sectionOf(code)[0]?.blocks.flat()).toContain(alertRules[code].command)
})

test('the runbook has no section of an alert that is never raised', () => {
  expect(sections.flatMap(section => section.codes).filter(code => !Object.hasOwn(alertRules, code))).toEqual([])
})

test.each(runbookCommands())('the command line takes: %s', command => {
  expect(faultOf(command)).toBeNull()
})

const decisions = ['reviewOrder', 'createRefund'] as const

test.each(runbookCalls())('the API takes: POST $path $body', ({ path, headers, body }) => {
  const name = decisions.find(
    route => adminRoutes[route].path.replaceAll(/:\w+/g, 'ID') === path.replaceAll(/\b[A-Z]+\b/g, 'ID'),
  )
  if (!name) throw new Error(`no such route: ${path}`)
  const { idempotencyKey } = adminRoutes[name]
  expect(headers).toEqual(expect.arrayContaining(['Authorization', ...(idempotencyKey ? ['Idempotency-Key'] : [])]))
  const id = crypto.randomUUID()
  const filled = JSON.parse(JSON.stringify(body).replaceAll(/"(ID|PAYMENT)"/g, `"${id}"`))
  expect(adminEndpoints[name].body.safeParse(filled).error).toBeUndefined()
})

test('both decisions about money are in the runbook', () => {
  expect(new Set(runbookCalls().map(({ path }) => path.split('/').at(-1)))).toEqual(new Set(['review', 'refunds']))
})

test('the page on alerts names each of them with its severity and its threshold', () => {
  const page = readFileSync(new URL('../../../../docs/alerts.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `(\w+)` \| (critical|warning|notice) \| (.*) \|$/gm)].map(row => row.slice(1))
  const expected = Object.entries<AlertRule>(alertRules).map(([code, { severity, threshold }]) => {
    const numbers = Object.entries(threshold).map(([name, value]) => `\`${name}: ${value}\``)
    return [code, severity, numbers.join(', ') || 'it happens']
  })
  expect(rows).toEqual(expected)
})

test('a command that is not there is told', () => {
  expect(faultOf('venuekit mend')).toContain('no such command')
  expect(faultOf('venuekit repair --aply')).toContain('takes no --aply')
  expect(faultOf('venuekit orders show')).toContain('arguments')
})
