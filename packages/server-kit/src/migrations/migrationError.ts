export type MigrationErrorKind =
  /** The database was migrated by a newer release than this one. */
  | 'newer_database'
  /** A migration that was applied reads otherwise now. */
  | 'changed_migration'
  /** The migrating user lacks a right. */
  | 'not_permitted'
  | 'failed'

/** Why a database was not migrated; the message says how to mend it. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
  readonly kind: MigrationErrorKind

  constructor(kind: MigrationErrorKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.kind = kind
  }
}
