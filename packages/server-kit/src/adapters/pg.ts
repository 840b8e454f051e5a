export { type PgOptions, pgDatabase } from './pgDatabase.ts'
