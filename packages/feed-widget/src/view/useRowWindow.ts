import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks'
import type { FeedRow } from '../feedRow.ts'
import { canWatch, RowWatch } from '../window/RowWatch.ts'
import { RowWindow, type WindowItem } from '../window/RowWindow.ts'
import { holdScroll } from '../window/steadyScroll.ts'
import { focusedRow } from './rowFocus.ts'

interface ShownRows {
  readonly items: readonly WindowItem[]
  /** Every row is in the page. */
  readonly isWhole: boolean
  /** Puts the rows of a space into the page and the focus on the first or last of them. */
  reveal(space: Element, end: 'first' | 'last'): void
}

/** The rows to render of a list that may be long; `list` has the items as its children, in their order. */
export const useRowWindow = (list: RefObject<Element | null>, rows: readonly FeedRow[]): ShownRows => {
  const [rowWindow] = useState(() => new RowWindow())
  const [, repaint] = useReducer((count: number) => count + 1, 0)
  const watch = useRef<RowWatch | null>(null)
  const wanted = useRef<{ chunk: number; end: 'first' | 'last' } | null>(null)
  const shown = useRef<readonly WindowItem[]>([])

  rowWindow.setRows(rows)
  const present = list.current
  const focused = present ? focusedRow(present) : null
  const focusedItem = present && focused ? shown.current[[...present.children].indexOf(focused)] : null
  const items = canWatch() ? rowWindow.items(focusedItem?.key ?? null) : whole(rows)
  const release = holdScroll(present)

  useLayoutEffect(() => {
    shown.current = items
    release()
    const { current } = list
    if (!current) return
    watch.current ??= new RowWatch(rowWindow, () => repaint(undefined))
    watch.current.follow(current, items)
    if (!wanted.current) return
    const { chunk, end } = wanted.current
    wanted.current = null
    const at = end === 'first' ? items.findIndex(is(chunk)) : items.findLastIndex(is(chunk))
    const row = current.children[at]
    if (row instanceof HTMLElement) row.focus()
  })
  useEffect(() => () => watch.current?.end(), [])

  return {
    items,
    isWhole: rowWindow.isWhole || !canWatch(),
    reveal: (space, end) => {
      const item = present && shown.current[[...present.children].indexOf(space)]
      if (!item) return
      wanted.current = { chunk: item.chunk, end }
      rowWindow.setNear(item.chunk, true)
      repaint(undefined)
    },
  }
}

const is = (chunk: number) => (item: WindowItem) => item.chunk === chunk

const whole = (rows: readonly FeedRow[]): WindowItem[] =>
  rows.map((row, index) => ({ key: row.key, chunk: 0, row, index }))
