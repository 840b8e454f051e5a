export { type PgliteDatabase, type PgliteOptions, pgliteDatabase } from './pgliteDatabase.ts'
