/** A figure to reach: at least or at most. */
interface Aim {
  of: 'ratio' | 'figure'
  atLeast?: number
  atMost?: number
}

/** One line of the result. */
export interface Line {
  name: string
  /** Tickets sold before; null where that has no meaning. */
  sold: number | null
  figure: number
  unit: '/s' | 'ms'
  /** Beside what it stands in the same rounds; null for what the others stand beside. */
  ratio: number | null
  beside: string
  aim?: Aim
}

const whole = (number: number): string => Math.round(number).toLocaleString('en')

const figureText = ({ figure, unit }: Line): string =>
  unit === '/s' ? `${whole(figure)}/s` : `${figure < 100 ? figure.toFixed(1) : whole(figure)} ms`

const aimText = (line: Line, judged: boolean): string => {
  const { aim } = line
  if (!aim) return ''
  const value = (aim.of === 'ratio' ? line.ratio : line.figure) ?? Number.NaN
  const met = value >= (aim.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (aim.atMost ?? Number.POSITIVE_INFINITY)
  const verdict = met ? ' met' : ' MISSED'
  const sign = aim.atLeast === undefined ? '<=' : '>='
  const limit = aim.atLeast ?? aim.atMost ?? 0
  const text = aim.of === 'ratio' ? `${limit.toFixed(2)} x` : `${limit} ms`
  return `${sign} ${text}${judged ? verdict : ''}`
}

const cells = (line: Line, judged: boolean): string[] => [
  line.name,
  line.sold === null ? '' : whole(line.sold),
  figureText(line),
  line.ratio === null ? '' : `${line.ratio.toFixed(2)} x`,
  line.beside,
  aimText(line, judged),
]

const head = ['', 'sold', 'median', 'ratio', 'beside', 'aim']
const toTheRight = new Set([1, 2, 3])

/** The lines under their heads, aligned; `judged` tells which aims were met. */
export const renderTable = (lines: readonly Line[], judged: boolean): string => {
  const rows = [head, ...lines.map(line => cells(line, judged))]
  const widths = head.map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)))
  return rows
    .map(row =>
      row
        .map((cell, column) =>
          toTheRight.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
