import { CommanderError } from '@commander-js/extra-typings'
import { toDatabaseError } from '../adapters/toDatabaseError.ts'
import type { ConfigurationError } from '../configurationError.ts'
import type { MigrationError } from '../migrations/migrationError.ts'
import { sqlStateOf } from '../migrations/sqlStateOf.ts'
import type { DatabaseError } from '../ports/databaseError.ts'
import type { GatewayError } from '../ports/gatewayError.ts'
import type { ProblemError } from '../services/problemError.ts'
import { CliError } from './cliError.ts'
import { isNamed } from './errorName.ts'

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''

/** undefined_function, undefined_table, invalid_schema_name, undefined_column: objects that this release makes. */
const missingObjects = new Set(['42883', '42P01', '3F000', '42703'])
const notPermitted = '42501'

/** Wrong password, no such login or database, no entry for this host. */
const isRefusedLogin = (sqlState: string): boolean => sqlState.startsWith('28') || sqlState === '3D000'

const ofDatabase = (error: DatabaseError): CliError => {
  const { kind, sqlState = null } = error
  const said = firstLine(error.message)
  const fail = (ending: CliError['ending'], code: string, message: string) =>
    new CliError(ending, code, message, { cause: error })
  if (sqlState && isRefusedLogin(sqlState)) {
    return fail('database', 'database_unavailable', `The database refuses the login: ${said}. Check the address.`)
  }
  if (kind === 'unavailable') return fail('database', 'database_unavailable', `The database cannot be used: ${said}`)
  if (kind === 'busy') return fail('refused', 'busy', 'The database was busy with the same rows: try again.')
  if ((sqlState && missingObjects.has(sqlState)) || said.includes('not migrated')) {
    return fail(
      'schema',
      'not_migrated',
      `The database lacks what this release needs (${said}): run venuekit migrate --apply.`,
    )
  }
  if (sqlState === notPermitted) {
    return fail(
      'refused',
      'not_permitted',
      `The database's login may not do this: ${said}. venuekit doctor tells which rights are missing.`,
    )
  }
  return fail('internal', 'internal', `The database failed: ${said}`)
}

const ofGateway = (error: GatewayError): CliError =>
  error.kind === 'not_found'
    ? new CliError('refused', 'not_found', error.message, { cause: error })
    : new CliError('gateway', 'gateway_unavailable', `The payment gateway: ${error.message}`, { cause: error })

const ofMigration = (error: MigrationError): CliError =>
  error.kind === 'not_permitted'
    ? new CliError('refused', 'not_permitted', error.message, { cause: error })
    : new CliError('schema', error.kind === 'failed' ? 'migration_failed' : error.kind, error.message, { cause: error })

const ofProblem = (error: ProblemError): CliError => {
  const { fields, detail, title } = error.details
  const faults = Object.entries(fields ?? {}).map(([path, fault]) => `${path}: ${fault}`)
  const message = detail ?? (faults.length > 0 ? faults.join('; ') : (title ?? error.code.replaceAll('_', ' ')))
  return new CliError(error.code === 'invalid_request' ? 'usage' : 'refused', error.code, message, {
    ...(fields && { fields }),
    cause: error,
  })
}

const ofConfiguration = (error: ConfigurationError): CliError =>
  new CliError('configuration', 'configuration', error.message, { cause: error })

const commanderPrefix = /^error: /

const ofCommander = (error: CommanderError): CliError => {
  // Its own words then are "(outputHelp)".
  const said = error.code === 'commander.help' ? 'a command is missing.' : error.message.replace(commanderPrefix, '')
  return new CliError('usage', 'invalid_request', said, { cause: error })
}

const byName: Record<string, (error: never) => CliError> = {
  DatabaseError: ofDatabase,
  GatewayError: ofGateway,
  MigrationError: ofMigration,
  ProblemError: ofProblem,
  ConfigurationError: ofConfiguration,
}

/** Sockets that lead nowhere, before any database spoke. */
const deadSockets = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN'])

const isOfDriver = (error: unknown): boolean =>
  sqlStateOf(error) !== null || deadSockets.has(String((error as { code?: unknown } | null | undefined)?.code))

/** Anything that was thrown, as what the person at the terminal reads. */
export const toCliError = (error: unknown): CliError => {
  if (error instanceof CliError) return error
  if (error instanceof CommanderError) return ofCommander(error)
  const known = error instanceof Error && Object.hasOwn(byName, error.name) ? byName[error.name] : undefined
  if (known) return known(error as never)
  if (isNamed(error, 'ServeError')) return new CliError('refused', 'not_served', error.message, { cause: error })
  if (isOfDriver(error)) return ofDatabase(toDatabaseError(error))
  return new CliError('internal', 'internal', `Unexpected: ${firstLine(messageOf(error))} (--verbose shows where.)`, {
    cause: error,
  })
}
