import { CsvError, parse } from 'csv-parse/sync'
import type { FileFault } from './eventFile.ts'
import { withoutGuard } from './formulaGuard.ts'

/** A row of a CSV file, by the names of its columns; empty cells are left out. */
export interface CsvRow {
  line: number
  cells: Map<string, string>
}

interface CsvRecord {
  record: string[]
  info: { lines: number }
}

const separators = [',', ';', '\t'] as const

/** Spreadsheets of half the world separate by semicolons: the heading tells. */
const separatorOf = (text: string): string => {
  const heading = text.split('\n', 1)[0] ?? ''
  const counts = separators.map(separator => heading.split(separator).length)
  return separators[counts.indexOf(Math.max(...counts))] ?? ','
}

const fault = (line: number, field: string, problem: string): FileFault => ({ line, field, eventId: null, problem })

const headingFaults = (
  heading: readonly string[],
  known: readonly string[],
  required: readonly string[],
): FileFault[] => [
  ...heading
    .filter(name => !known.includes(name))
    .map(name => fault(1, name, `no such column; there are ${known.join(', ')}`)),
  ...heading
    .filter((name, index) => heading.indexOf(name) < index)
    .map(name => fault(1, name, 'the column stands twice')),
  ...required.filter(name => !heading.includes(name)).map(name => fault(1, name, 'the column is missing')),
]

const readRecords = (text: string): CsvRecord[] =>
  parse(text, {
    bom: true,
    delimiter: separatorOf(text),
    info: true,
    relax_column_count: true,
    skip_records_with_empty_values: true,
    trim: true,
  }) as unknown as CsvRecord[]

const lineBreaks = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)

const toRow = (heading: readonly string[], { record, info }: CsvRecord): CsvRow => ({
  // Told behind the record, which a text of several lines makes longer.
  line: info.lines - lineBreaks(record),
  cells: new Map(
    record.flatMap((cell, index): [string, string][] =>
      cell === '' ? [] : [[heading[index] ?? '', withoutGuard(cell)]],
    ),
  ),
})

/** Reads the rows below a heading; what is wrong with the file's form comes as faults with their lines. */
export const csvRows = (
  text: string,
  { known, required }: { known: readonly string[]; required: readonly string[] },
): { rows: CsvRow[]; faults: FileFault[] } => {
  let records: CsvRecord[]
  try {
    records = readRecords(text)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines = 1 } = error as { lines?: number }
    return { rows: [], faults: [fault(lines, '', `is no CSV: ${error.message}`)] }
  }
  const [first, ...rest] = records
  if (!first) return { rows: [], faults: [fault(1, '', 'the file is empty')] }
  const heading = first.record.map(name => name.toLowerCase())
  const faults = headingFaults(heading, known, required)
  if (faults.length > 0) return { rows: [], faults }
  const rows = rest.map(record => toRow(heading, record))
  for (const [index, { record }] of rest.entries()) {
    if (record.length === heading.length) continue
    const cells = `${record.length} cells, and the heading ${heading.length}: is a text with a comma in quotes?`
    faults.push(fault(rows[index]?.line ?? 0, '', `the row has ${cells}`))
  }
  return { rows, faults }
}
