import { expect, test } from 'vitest'
import { createPaint } from './paint.ts'
import { type Column, table } from './table.ts'

interface Row {
  name: string
  amount: number
}

const columns: Column<Row>[] = [
  { title: 'Name', value: ({ name }) => name, wraps: true },
  { title: 'Amount', value: ({ amount }) => amount },
]
const paint = createPaint(false)

test('columns are as wide as they need, figures stand to the right, and wide letters count twice', () => {
  expect(
    table(
      columns,
      [
        { name: '音楽', amount: 5 },
        { name: 'Marit', amount: 120 },
      ],
      { width: null, paint },
    ),
  ).toBe(['Name   Amount', '音楽        5', 'Marit     120'].join('\n'))
})

test('a narrow terminal breaks texts between words, and what is no text stays whole', () => {
  const rows = [{ name: 'Songs for still water and a very long title', amount: 1 }]
  const lines = table(columns, rows, { width: 24, paint }).split('\n')
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(24)
  expect(lines.length).toBeGreaterThan(3)
})

test('a stored text cannot drive the terminal', () => {
  const text = table(columns, [{ name: 'evil\u001b[31m\n\u202etxt', amount: 1 }], { width: null, paint })
  expect(text).toContain('evil [31m txt')
  for (const sign of ['\u001b', '\u202e']) expect(text).not.toContain(sign)
})

test('colours are drawn only where they are wanted', () => {
  const coloured = columns.map(column => ({ ...column, colour: () => 'red' as const }))
  const rows = [{ name: 'a', amount: 1 }]
  expect(table(coloured, rows, { width: null, paint })).not.toContain('\u001b')
  expect(table(coloured, rows, { width: 80, paint: createPaint(true) })).toContain('\u001b[31m')
})
