/** What may stand before a statement of plpgsql; a condition or a query of a loop counts as a statement of its own. */
const control =
  /^\s*(?:#variable_conflict use_column)?\s*(?:(?:declare[\s\S]*?)?\bbegin\b|else\b|(?:els)?if\b([\s\S]*?)\bthen\b|for\b[\s\S]*?\bin\b([\s\S]*?)\bloop\b|loop\b|exception\s+when[\s\S]*?\bthen\b)/

const peel = (piece: string): string[] => {
  const [whole, condition, query] = control.exec(piece) ?? []
  return whole === undefined ? [piece] : [condition ?? query ?? '', ...peel(piece.slice(whole.length))]
}

/** The statements in a function's body, roughly: good enough to look through all of them for one word beside another. */
export const plpgsqlStatements = (source: string): string[] =>
  source
    .replaceAll(/--[^\n]*/g, '')
    .split(';')
    .flatMap(peel)
    .map(statement => statement.replaceAll(/\s+/g, ' ').trim())
    .filter(statement => statement !== '' && statement !== 'end')
