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

/** One guard, and the text of its file without it. */
export interface Guard {
  kind: GuardKind
  /** Of the constraint, or of the function that it stands in; a number follows where there are several. */
  name: string
  /** Below `packages/server-kit/sql`. */
  file: string
  without: string
}

export const labelOf = ({ kind, name }: Guard): string => `${kind}: ${name}`
