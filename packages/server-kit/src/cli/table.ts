import stringWidth from 'string-width'
import type { Paint } from './paint.ts'
import { plainText } from './plainText.ts'

export interface Column<Row> {
  title: string
  value(row: Row): string | number | null
  /** May be broken into lines where the terminal is narrow; ids and figures stay whole. */
  wraps?: boolean
  colour?(row: Row): Parameters<Paint>[0] | null
}

export interface TableSpace {
  /** Columns of the terminal; null where nothing limits a line. */
  width: number | null
  paint: Paint
}

const gap = '  '
const narrowest = 12

const pad = (text: string, width: number, right: boolean): string => {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return right ? space + text : text + space
}

const pieces = (word: string, width: number): string[] => {
  if (stringWidth(word) <= width) return [word]
  const parts = ['']
  for (const sign of word) {
    const last = parts.at(-1) ?? ''
    if (stringWidth(last + sign) > width && last !== '') parts.push(sign)
    else parts[parts.length - 1] = last + sign
  }
  return parts
}

/** Lines of at most `width` columns, broken between words where that can be. */
const wrapText = (text: string, width: number): string[] => {
  const lines: string[] = []
  for (const word of text.split(' ').flatMap(part => pieces(part, width))) {
    const last = lines.at(-1)
    if (last !== undefined && stringWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.length === 0 ? [''] : lines
}

/** Takes room from the widest column that wraps until all fit, or none can give any more. */
const fit = (natural: readonly number[], wraps: readonly boolean[], width: number | null): number[] => {
  const widths = [...natural]
  if (width === null) return widths
  const total = () => widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1))
  while (total() > width) {
    const widest = widths.reduce(
      (best, each, index) => (wraps[index] && each > narrowest && each > (widths[best] ?? 0) ? index : best),
      -1,
    )
    const found = widths[widest]
    if (found === undefined) break
    widths[widest] = Math.max(narrowest, found - (total() - width))
  }
  return widths
}

/** Rows under their titles, each column as wide as it needs; figures to the right. */
export const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], space: TableSpace): string => {
  const cells = rows.map(row => columns.map(column => column.value(row)))
  const texts = cells.map(line => line.map(cell => (cell === null ? '' : plainText(String(cell)))))
  const natural = columns.map((column, index) =>
    Math.max(stringWidth(column.title), ...texts.map(line => stringWidth(line[index] ?? ''))),
  )
  const right = columns.map((_, index) => cells.length > 0 && cells.every(line => typeof line[index] !== 'string'))
  const widths = fit(
    natural,
    columns.map(column => column.wraps ?? false),
    space.width,
  )

  const lines = (line: readonly string[], colours: readonly (Parameters<Paint>[0] | null)[]): string[] => {
    const wrapped = line.map((text, index) => wrapText(text, widths[index] ?? 0))
    const height = Math.max(...wrapped.map(each => each.length))
    return Array.from({ length: height }, (_, at) =>
      wrapped
        .map((each, index) => {
          const text = each[at] ?? ''
          const padded =
            index === wrapped.length - 1 && !right[index] ? text : pad(text, widths[index] ?? 0, right[index] ?? false)
          const colour = colours[index]
          return colour && text !== '' ? space.paint(colour, padded) : padded
        })
        .join(gap)
        .trimEnd(),
    )
  }
  return [
    ...lines(
      columns.map(column => column.title),
      columns.map(() => 'bold'),
    ),
    ...rows.flatMap((row, index) =>
      lines(
        texts[index] ?? [],
        columns.map(column => column.colour?.(row) ?? null),
      ),
    ),
  ].join('\n')
}
