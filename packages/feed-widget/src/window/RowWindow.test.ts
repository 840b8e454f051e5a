import { expect, it } from 'vitest'
import type { FeedRow } from '../feedRow.ts'
import { RowWindow } from './RowWindow.ts'

const rowsOf = (...keys: string[]): FeedRow[] => keys.map(key => ({ key }) as FeedRow)
const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `row ${from + at}`)
const windowOf = (keys: string[]) => {
  const rowWindow = new RowWindow()
  rowWindow.setRows(rowsOf(...keys))
  return rowWindow
}
const shownKeys = (rowWindow: RowWindow, focused: string | null = null) =>
  rowWindow.items(focused).flatMap(item => (item.row ? [item.key] : []))
const chunkOf = (rowWindow: RowWindow, at: number) => rowWindow.items(null)[at]?.chunk ?? -1

it('shows a short list whole', () => {
  expect(shownKeys(windowOf(numbered(60)))).toEqual(numbered(60))
})

it('shows the first chunks of a long list, and spaces for the rest', () => {
  const rowWindow = windowOf(numbered(10_000))
  const items = rowWindow.items(null)
  expect(shownKeys(rowWindow)).toEqual(numbered(60))
  expect(items).toHaveLength(60 + (10_000 - 60) / 20)
  expect(items[60]).toMatchObject({ row: null, height: 20 * 96 })
})

it('swaps rows for a space of their measured height when they are far, with the places of the others kept', () => {
  const rowWindow = windowOf(numbered(100))
  for (const key of numbered(20)) rowWindow.measured(key, 50)
  expect(rowWindow.setNear(chunkOf(rowWindow, 0), false)).toBe(true)
  const [space, next] = rowWindow.items(null)
  expect(space).toMatchObject({ row: null, height: 1000 })
  expect(next).toMatchObject({ key: 'row 20', index: 20 })
})

it('keeps the chunk that has the focus, and the one beside the focus at its edge', () => {
  const rowWindow = windowOf(numbered(200))
  for (const item of rowWindow.items(null)) rowWindow.setNear(item.chunk, false)
  expect(shownKeys(rowWindow, 'row 105')).toEqual(expect.arrayContaining(numbered(20, 100)))
  expect(shownKeys(rowWindow, 'row 105')).not.toContain('row 120')
  expect(shownKeys(rowWindow, 'row 119')).toEqual(expect.arrayContaining(numbered(40, 100)))
})

it('keeps rows in their chunks when others come above or between', () => {
  const rowWindow = windowOf(numbered(100))
  const before = new Map(rowWindow.items(null).map(item => [item.key, item.chunk]))
  const keys = ['new 2', 'new 1', ...numbered(30), 'filled', ...numbered(70, 30)]
  rowWindow.setRows(rowsOf(...keys))
  const after = new Map(rowWindow.items(null).map(item => [item.key, item.chunk]))
  for (const key of numbered(40)) expect(after.get(key)).toBe(before.get(key))
  expect(after.get('filled')).toBe(before.get('row 20'))
})

it('lists each row once, whatever moves', () => {
  const rowWindow = windowOf(numbered(90))
  const moved = ['row 85', ...numbered(85), ...numbered(4, 86)]
  rowWindow.setRows(rowsOf(...moved))
  for (const item of rowWindow.items(null)) rowWindow.setNear(item.chunk, true)
  expect(shownKeys(rowWindow)).toEqual(moved)
})
