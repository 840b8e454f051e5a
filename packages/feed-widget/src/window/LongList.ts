import type { FeedRow } from '../feedRow.ts'
import { focusedRow } from '../view/rowFocus.ts'
import { RowWatch } from './RowWatch.ts'
import { RowWindow, type WindowItem } from './RowWindow.ts'
import { holdScroll } from './steadyScroll.ts'

type End = 'first' | 'last'

/**
 * What makes a long list cheap: the rows near the screen, and spaces for the others. The list asks for its items as it
 * renders, and says when they are in the page, as its children and in that order.
 */
export class LongList {
  readonly #window = new RowWindow()
  readonly #watch: RowWatch
  readonly #repaint: () => void
  #items: readonly WindowItem[] = []
  #painted: readonly WindowItem[] = []
  #release = () => {}
  #wanted: { chunk: number; end: End } | null = null

  constructor(repaint: () => void) {
    this.#repaint = repaint
    this.#watch = new RowWatch(this.#window, repaint)
  }

  get isWhole(): boolean {
    return this.#window.isWhole
  }

  items(list: Element | null, rows: readonly FeedRow[]): readonly WindowItem[] {
    const focused = list && focusedRow(list)
    this.#release = holdScroll(list)
    this.#window.setRows(rows)
    this.#items = this.#window.items(focused?.dataset.key ?? null)
    return this.#items
  }

  painted(list: Element): void {
    this.#painted = this.#items
    this.#release()
    this.#watch.follow(list, this.#items)
    if (!this.#wanted) return
    const { chunk, end } = this.#wanted
    this.#wanted = null
    const isOfIt = (item: WindowItem) => item.chunk === chunk
    const at = end === 'first' ? this.#items.findIndex(isOfIt) : this.#items.findLastIndex(isOfIt)
    const row = list.children[at]
    if (row instanceof HTMLElement) row.focus()
  }

  /** Puts the rows of a space into the page and the focus on the first or last of them. */
  reveal(space: Element, end: End): void {
    const siblings = space.parentElement?.children ?? []
    const item = this.#painted[[...siblings].indexOf(space)]
    if (!item) return
    this.#wanted = { chunk: item.chunk, end }
    this.#window.setNear(item.chunk, true)
    this.#repaint()
  }

  end(): void {
    this.#watch.end()
  }
}
