/** Rows under their headings, each column as wide as its widest cell; figures to the right. */
export const textTable = (headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string => {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map(row => String(row[column] ?? '').length)),
  )
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return [line(headings), widths.map(width => '-'.repeat(width)).join('  '), ...rows.map(line)]
    .map(text => `  ${text}`)
    .join('\n')
}
