import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { attributeName, type ElementTable } from '../../packages/core/src/element/index.ts'
import * as feed from '../../packages/feed-widget/src/api.ts'
import * as tickets from '../../packages/ticket-widget/src/api.ts'
import * as button from '../../packages/ticket-widget/src/button/buttonApi.ts'
import { parts as ticketParts } from '../../packages/ticket-widget/src/parts.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const page = read('docs/embedding.md')

/** The rows of the table whose first column has that heading: the names in it, and what the other columns say. */
const table = (heading: string): Map<string, string[]> => {
  const lines = page.split('\n')
  const start = lines.findIndex(line => line.startsWith(`| ${heading} |`))
  expect(start, `the page has a table of "${heading}"`).toBeGreaterThan(0)
  const length = lines.slice(start).findIndex(line => !line.startsWith('|'))
  const rows = lines.slice(start + 2, start + length).map(line => line.split('|').map(cell => cell.trim()))
  return new Map(rows.map(([, name = '', ...cells]) => [name.replaceAll('`', ''), cells]))
}

const ticked = (rows: Map<string, string[]>, column: number) =>
  [...rows].filter(([, cells]) => cells[column] === '✓').map(([name]) => name)

const names = (properties: ElementTable, isValue: boolean) =>
  Object.keys(properties).filter(name => (properties[name]?.kind === 'value') === isValue)

/** Events are types alone: their names stand in the sources. */
const eventsIn = (...files: string[]) =>
  files.flatMap(file => [...read(file).matchAll(/^ {2}'(venuekit-[a-z-]+)':/gm)].map(([, name = '']) => name))

const variablesIn = (...files: string[]) => [
  ...new Set(files.flatMap(file => read(file).match(/--vk-[a-z-]+(?=[,)])/g) ?? [])),
]

const expectSame = (told: readonly string[], real: readonly string[]) =>
  expect([...told].sort()).toEqual([...real].sort())

const shell = 'packages/core/src/element/VenueKitElement.ts'

test('a button has what tickets have, so that one column tells of both', () => {
  expect(button.properties).toBe(tickets.properties)
})

for (const [column, widget] of [tickets, feed].entries()) {
  test(`tells every attribute and property of <${widget.tag}>, and no other`, () => {
    const attributes = table('attribute')
    expectSame(ticked(attributes, column), names(widget.properties, false).map(attributeName))
    expectSame(ticked(table('property'), column), names(widget.properties, true))
  })

  test(`tells the names that an attribute of <${widget.tag}> takes, the one that counts by default first`, () => {
    for (const [name, { kind }] of Object.entries<{ kind: unknown }>(widget.properties)) {
      if (!Array.isArray(kind)) continue
      const told = table('attribute').get(attributeName(name))?.at(2) ?? ''
      expect([...told.matchAll(/`([a-z]+)`/g)].map(([, word]) => word)).toEqual(kind)
    }
  })
}

test('tells every event, and no other', () => {
  const events = table('event')
  expectSame(ticked(events, 0), eventsIn(shell, 'packages/ticket-widget/src/api.ts'))
  expectSame(ticked(events, 1), eventsIn(shell, 'packages/feed-widget/src/api.ts'))
})

test('tells every method, and no other', () => {
  const methods = read(shell).matchAll(/^ {2}(\w+)\(\): (?:Promise<void>|void) \{/gm)
  const own = [...methods].map(([, name = '']) => name).filter(name => !name.endsWith('Callback'))
  expectSame([...table('method').keys()], own)
})

test('tells every custom property, and no other', () => {
  const variables = table('custom property')
  const everywhere = variablesIn('packages/core/src/element/hostStyles.ts')
  const shown = (own: readonly string[]) => [...new Set([...everywhere, ...own])]
  expectSame(ticked(variables, 0), shown(tickets.customProperties))
  expectSame(ticked(variables, 1), shown(variablesIn('packages/ticket-widget/src/button/buttonStyles.ts')))
  expectSame(ticked(variables, 2), shown(feed.customProperties))
})

test('tells every part, and no other', () => {
  const parts = table('element')
  const told = (element: string) =>
    [...(parts.get(element)?.[0] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name)
  expectSame(told('tickets'), ticketParts)
  expectSame(told('button'), button.buttonParts)
  expectSame(told('feed'), feed.parts)
})
