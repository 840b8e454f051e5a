import type { FeedRow } from '../feedRow.ts'

/** Rows come and go by chunks of about this many. */
const chunkSize = 20
/** A list as short as this is shown whole, and found by the browser's search. */
const shownWhole = 60
/** Chunks that nobody has looked at yet are shown while they are this few: the first screens, and a page that just came. */
const unseenShown = 3
const typicalRowHeight = 96

/** Rows that come and go together. Rows stay in their chunk, whatever comes above them. */
interface Chunk {
  readonly id: number
  readonly rows: FeedRow[]
}

/** What stands in the list: a row with its place from 0, or a space of `height` px for the rows of a chunk. */
export type WindowItem =
  | { readonly key: string; readonly chunk: number; readonly row: FeedRow; readonly index: number }
  | { readonly key: string; readonly chunk: number; readonly row: null; readonly height: number }

/** Which rows of a long list are in the page, and how much room the others take. Knows no DOM. */
export class RowWindow {
  #chunks: readonly Chunk[] = []
  #rows: readonly FeedRow[] = []
  readonly #chunkOf = new Map<string, number>()
  /** Measured heights of rows that have left, in px. */
  readonly #heights = new Map<string, number>()
  /** Whether a chunk is near the screen, once that is known. */
  readonly #near = new Map<number, boolean>()
  #lastId = 0

  get isWhole(): boolean {
    return this.#rows.length <= shownWhole
  }

  /** The list is these rows now. */
  setRows(rows: readonly FeedRow[]): void {
    if (rows === this.#rows) return
    this.#rows = rows
    const chunks: Chunk[] = []
    const used = new Set<number>()
    for (const row of rows) {
      const last = chunks.at(-1)
      const known = this.#chunkOf.get(row.key)
      if (known !== undefined && known === last?.id) last.rows.push(row)
      else if (known !== undefined && !used.has(known)) {
        const joins = last && last.rows.length < chunkSize / 2 && this.#isNew(last)
        const chunk = { id: known, rows: joins ? [...(chunks.pop()?.rows ?? []), row] : [row] }
        used.add(known)
        chunks.push(chunk)
      } else if (last && last.rows.length < chunkSize) last.rows.push(row)
      else chunks.push({ id: ++this.#lastId, rows: [row] })
    }
    this.#chunkOf.clear()
    for (const { id, rows: members } of chunks) for (const { key } of members) this.#chunkOf.set(key, id)
    this.#chunks = chunks
  }

  /** What to put into the page. The chunk of the row that has the focus stays, and so do its neighbours at its edges. */
  items(focused: string | null): WindowItem[] {
    const shown = this.#shown(focused)
    const average = this.#averageHeight()
    const items: WindowItem[] = []
    let index = 0
    for (const { id, rows } of this.#chunks) {
      if (shown.has(id)) for (const row of rows) items.push({ key: row.key, chunk: id, row, index: index++ })
      else {
        const height = rows.reduce((sum, { key }) => sum + (this.#heights.get(key) ?? average), 0)
        items.push({ key: `space-${id}`, chunk: id, row: null, height })
        index += rows.length
      }
    }
    return items
  }

  /** True where that changes what is shown. */
  setNear(chunk: number, near: boolean): boolean {
    const before = this.#near.get(chunk)
    this.#near.set(chunk, near)
    return before !== near
  }

  measured(key: string, height: number): void {
    if (height > 0) this.#heights.set(key, height)
  }

  #isNew({ id }: Chunk): boolean {
    return !this.#near.has(id)
  }

  #shown(focused: string | null): Set<number> {
    if (this.isWhole) return new Set(this.#chunks.map(({ id }) => id))
    const unseen = this.#chunks.filter(chunk => this.#isNew(chunk)).slice(0, unseenShown)
    const near = this.#chunks.filter(({ id }) => this.#near.get(id))
    return new Set([...unseen, ...near, ...this.#around(focused)].map(({ id }) => id))
  }

  #around(focused: string | null): Chunk[] {
    const at = this.#chunks.findIndex(({ id }) => focused !== null && id === this.#chunkOf.get(focused))
    const chunk = this.#chunks[at]
    if (!chunk) return []
    const before = chunk.rows[0]?.key === focused ? this.#chunks[at - 1] : undefined
    const after = chunk.rows.at(-1)?.key === focused ? this.#chunks[at + 1] : undefined
    return [before, chunk, after].filter(found => found !== undefined)
  }

  #averageHeight(): number {
    let sum = 0
    for (const height of this.#heights.values()) sum += height
    return this.#heights.size > 0 ? sum / this.#heights.size : typicalRowHeight
  }
}
