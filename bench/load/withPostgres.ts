import {
  launchTestPostgres,
  type TestPostgres,
  type TestPostgresOptions,
} from '../../packages/server-kit/src/testing/testPostgres.ts'

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

/** A Postgres for this work alone, gone with its files when the work ends or is ended by a signal. */
export const withPostgres = async (
  options: TestPostgresOptions,
  work: (postgres: TestPostgres) => Promise<void>,
): Promise<void> => {
  const postgres = await launchTestPostgres(options)
  const onSignal = (signal: keyof typeof exitCodes): void => {
    // What is under way loses its connections and would complain.
    process.on('uncaughtException', () => {})
    process.on('unhandledRejection', () => {})
    void postgres.stop().finally(() => process.exit(exitCodes[signal]))
  }
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  try {
    await work(postgres)
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
    await postgres.stop()
  }
}
