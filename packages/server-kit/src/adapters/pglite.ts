/**
 * Postgres in this process, for a try and for tests.
 * @module pglite
 */
export { type PgliteDatabase, type PgliteOptions, pgliteDatabase } from './pgliteDatabase.ts'
