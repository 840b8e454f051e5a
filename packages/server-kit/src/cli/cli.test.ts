import { expect, test } from 'vitest'
import { Cli } from './cli.ts'

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
