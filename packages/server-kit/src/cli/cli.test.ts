import { expect, test } from 'vitest'
import { Cli } from './cli.ts'
import { toEventsJson } from './eventFiles/jsonEvents.ts'

const openCli = (width: number | null, env: Record<string, string> = {}) => {
  const written: string[] = []
  const stream = { write: (text: string) => void written.push(text), width }
  const cli = new Cli({
    stdout: stream,
    stderr: stream,
    env,
    folder: '/',
    onConsole: () => {},
    signal: new AbortController().signal,
  })
  return { cli, written }
}

test('an address and a secret do not slip through where a table breaks them into lines', () => {
  const secret = 'correct-horse-battery-staple'
  const rows = [{ id: 'evt_1', error: `ada.lovelace.of.london@mail.example.com was refused with ${secret}` }]
  for (const width of [20, 30, 40, 60, null]) {
    const { cli, written } = openCli(width, { MAIL_TOKEN: secret, NO_COLOR: '1' })
    cli.answer(rows, (found, { table }) =>
      table<(typeof rows)[number]>(
        [
          { title: 'Event', value: ({ id }) => id },
          { title: 'What', value: ({ error }) => error, wraps: true },
        ],
        found,
      ),
    )
    const text = written.join('')
    expect(text).toContain('evt_1')
    expect(text).not.toMatch(/lovelace|london|correct|horse|battery|staple/)
  }
})

test('what a view itself writes is searched as well', () => {
  const { cli, written } = openCli(null)
  cli.answer({ host: 'ada' }, ({ host }) => `Ask ${host}@example.com`)
  expect(written).toEqual(['Ask a***@example.com\n'])
})

const driver = 'Evil\u001b[31m\u001b]0;title\u0007 \u009b31m \u202etxt'
const driving = /(?!\n)[\p{Cc}\u202e]/u

test('a stored text drives no terminal, wherever a view or a problem puts it; lines stay', () => {
  const { cli, written } = openCli(80, { NO_COLOR: '1' })
  cli.answer({ name: `${driver}\nnext` }, ({ name }) => name)
  cli.note(`refused: ${driver}\nnext`)
  expect(written.join('')).not.toMatch(driving)
  expect(written.join('').match(/\nnext\n/g)).toHaveLength(2)
})

test('JSON says the same without driving a terminal', () => {
  const { cli, written } = openCli(80)
  cli.options = { color: true, json: true }
  cli.answer({ name: driver }, () => '')
  expect(written.join('')).not.toMatch(driving)
  expect(JSON.parse(written.join(''))).toEqual({ name: driver })
})

test('what a program reads back is written as it is, and for a terminal without what drives it', () => {
  const name = `correct-horse-battery ada@example.com ${driver}`
  const print = (width: number | null) => {
    const { cli, written } = openCli(width, { MAIL_TOKEN: 'correct-horse-battery', NO_COLOR: '1' })
    cli.answer({ name }, answer => answer.name, { verbatim: true })
    return written.join('')
  }
  expect(print(null)).toBe(`${name}\n`)
  expect(print(80)).toMatch(/^correct-horse-battery ada@example\.com Evil/)
  expect(print(80)).not.toMatch(driving)
  expect(JSON.parse(toEventsJson([{ name }]))).toEqual({ events: [{ name }] })
})

test('colours are for terminals that have them', () => {
  const painted = (env: Record<string, string>) => openCli(80, env).cli.canvas.paint('red', 'x') !== 'x'
  expect([painted({}), painted({ NO_COLOR: '1' }), painted({ TERM: 'dumb' })]).toEqual([true, false, false])
})
