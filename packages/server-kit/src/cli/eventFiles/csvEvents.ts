import type { NewEvent } from '@venuekit/core/contracts'
import { stringify } from 'csv-stringify/sync'
import { type CsvRow, csvRows } from './csvRows.ts'
import { type ColumnGroup, columnNames, eventColumns, poolColumns, tierColumns } from './eventColumns.ts'
import type { EventFile, FileFault, FilePlace } from './eventFile.ts'
import { withGuard } from './formulaGuard.ts'

const required = ['event_id', 'venue_id', 'name', 'starts_at', 'time_zone', 'currency']

const readCell = (text: string, kind: ColumnGroup[string]['kind']): unknown => {
  if (kind === 'number' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (kind === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  // The schema says what is wrong with what is none.
  return text
}

const readGroup = ({ cells }: CsvRow, columns: ColumnGroup): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, { field, kind }]) => {
      const cell = cells.get(name)
      return cell === undefined ? [] : [[field, readCell(cell, kind)]]
    }),
  )

const columnOf = (columns: ColumnGroup, field: string | undefined): string =>
  Object.entries(columns).find(([, column]) => column.field === field)?.[0] ?? field ?? ''

/** An event as its rows tell it, and the line of each of its parts. */
class EventRows {
  readonly id: string
  readonly value: Record<string, unknown> & { tiers: unknown[]; pools: Record<string, unknown>[] }
  readonly #first: CsvRow
  readonly #tierLines: number[] = []
  readonly #poolLines: number[] = []

  constructor(id: string, first: CsvRow) {
    this.id = id
    this.#first = first
    this.value = { ...readGroup(first, eventColumns), tiers: [], pools: [] }
  }

  /** Answers what disagrees with the rows before. */
  add(row: CsvRow): FileFault[] {
    const tier = readGroup(row, tierColumns)
    if (Object.keys(tier).length > 0) {
      this.value.tiers.push(tier)
      this.#tierLines.push(row.line)
    }
    return [...this.#repeated(row), ...this.#addPool(row)]
  }

  placeOf = (path: string): FilePlace => {
    const [part, index = '', field] = path.split('.')
    if (part === 'tiers') return this.#place(this.#tierLines[Number(index)], columnOf(tierColumns, field))
    if (part === 'pools') return this.#place(this.#poolLines[Number(index)], columnOf(poolColumns, field))
    return this.#place(this.#first.line, columnOf(eventColumns, part))
  }

  #place(line: number | undefined, field: string): FilePlace {
    return { line: line ?? this.#first.line, field }
  }

  #fault(line: number, field: string, problem: string): FileFault {
    return { line, field, eventId: this.id, problem }
  }

  #repeated(row: CsvRow): FileFault[] {
    return Object.keys(eventColumns)
      .filter(name => name !== 'event_id')
      .filter(name => row.cells.has(name) && row.cells.get(name) !== this.#first.cells.get(name))
      .map(name => this.#fault(row.line, name, `differs from line ${this.#first.line}, the event's first`))
  }

  #addPool(row: CsvRow): FileFault[] {
    const pool = readGroup(row, poolColumns)
    if (Object.keys(pool).length === 0) return []
    const index = this.value.pools.findIndex(({ id }) => id === pool.id)
    const known = this.value.pools[index]
    if (!known) {
      this.value.pools.push(pool)
      this.#poolLines.push(row.line)
      return []
    }
    return Object.entries(pool)
      .filter(([field, value]) => known[field] !== value)
      .map(([field]) =>
        this.#fault(
          row.line,
          columnOf(poolColumns, field),
          `differs from line ${this.#poolLines[index]}, the pool's first`,
        ),
      )
  }
}

/** One row a tier; rows of one `event_id` are one event. */
export const csvEvents = (text: string): EventFile => {
  const { rows, faults } = csvRows(text, { known: columnNames, required })
  const events = new Map<string, EventRows>()
  for (const row of rows) {
    const id = row.cells.get('event_id')?.toLowerCase()
    if (id === undefined) {
      faults.push({ line: row.line, field: 'event_id', eventId: null, problem: 'is missing' })
      continue
    }
    const event = events.get(id) ?? new EventRows(id, row)
    events.set(id, event)
    faults.push(...event.add(row))
  }
  return { events: [...events.values()], faults }
}

const cellsOf = (value: object | undefined, columns: ColumnGroup): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(columns).map(([name, { field }]) => [name, (value as Record<string, unknown> | undefined)?.[field]]),
  )

const rowsOf = (event: NewEvent): Record<string, unknown>[] => {
  const { tiers, pools = [] } = event
  const told = new Set<string>()
  const poolCells = (id: string | null | undefined) => {
    const pool = pools.find(each => each.id === id)
    if (pool) told.add(pool.id)
    return cellsOf(pool, poolColumns)
  }
  const rows = tiers.map(tier => ({ ...cellsOf(tier, tierColumns), ...poolCells(tier.poolId) }))
  const alone = pools.filter(({ id }) => !told.has(id)).map(({ id }) => poolCells(id))
  const parts = [...rows, ...alone]
  return (parts.length === 0 ? [{}] : parts).map(part => ({ ...cellsOf(event, eventColumns), ...part }))
}

/** As `csvEvents` reads it; a text that a spreadsheet would take for a formula is guarded. An empty one is none. */
export const toEventsCsv = (events: readonly NewEvent[]): string =>
  stringify(events.flatMap(rowsOf), {
    header: true,
    columns: columnNames,
    cast: { boolean: value => String(value), string: withGuard },
    // Around spaces too, which are cut off where there are no quotes.
    quoted_string: true,
  })
