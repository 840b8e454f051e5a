/** What a failed call means to the kit, whatever the adapter. */
export type DatabaseErrorKind =
  /** A lock or serialization conflict that outlasted the retries. */
  | 'busy'
  /** A race for the last places was lost after the check (SQLSTATE VK001). */
  | 'sold_out'
  /** No connection, or it broke: whether the call took effect is unknown. */
  | 'unavailable'
  /** A constraint, a missing privilege, a bug. */
  | 'failed'

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly kind: DatabaseErrorKind
  /** The five characters of SQLSTATE, or null where no server answered. */
  readonly sqlState: string | null
  /** The violated constraint, where there is one. */
  readonly constraint: string | null

  constructor(
    kind: DatabaseErrorKind,
    message: string,
    details: { sqlState?: string | null; constraint?: string | null; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
    this.kind = kind
    this.sqlState = details.sqlState ?? null
    this.constraint = details.constraint ?? null
  }
}
