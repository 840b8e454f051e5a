/**
 * Postgres by `pg`.
 * @module pg
 */
export { type PgOptions, pgDatabase } from './pgDatabase.ts'
