/** What can be taken out of the SQL. */
export type GuardKind =
  | 'check'
  | 'unique'
  | 'key'
  | 'reference'
  | 'trigger'
  | 'rule'
  | 'room'
  | 'revoke'
  | 'definer'
  | 'path'
  | 'patience'
  | 'durable'
  | 'lock'
  | 'skip'
  | 'order'
  | 'clock'
  | 'clock after lock'

/** One guard, and where it stands in its file. */
export interface Guard {
  kind: GuardKind
  /** Of the constraint, or of the function that it stands in; a number follows where there are several. */
  name: string
  /** Below `packages/server-kit/sql`. */
  file: string
  start: number
  end: number
  instead: string
}

export const labelOf = ({ kind, name }: Guard): string => `${kind}: ${name}`

/** Without the number. */
export const nameOf = ({ name }: Guard): string => name.replace(/ \(\d+\)$/, '')

/** The text of their file without these. */
export const without = (sql: string, guards: Guard[]): string => {
  let text = sql
  for (const { start, end, instead } of [...guards].sort((one, other) => other.start - one.start)) {
    text = text.slice(0, start) + instead + text.slice(end)
  }
  return text
}
