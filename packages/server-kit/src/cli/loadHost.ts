import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerKitOptions } from '../createServerKit.ts'
import type { Host } from '../node/defineHost.ts'
import { CliError } from './cliError.ts'
import { toCliError } from './failure.ts'

export const configNames = ['ts', 'mts', 'js', 'mjs'].map(extension => `venuekit.config.${extension}`)

export interface HostPlace {
  folder: string
  /** As given with --config. */
  config: string | undefined
  /** As given with --env-file; `.env` beside the configuration where it is there. */
  envFile: string | undefined
}

const configurationError = (message: string, cause?: unknown) =>
  new CliError('configuration', 'configuration', message, { cause })

const findConfig = ({ folder, config }: HostPlace): string => {
  if (config !== undefined) {
    const path = resolve(folder, config)
    if (existsSync(path)) return path
    throw configurationError(`There is no ${config}.`)
  }
  const found = configNames.map(name => join(folder, name)).find(path => existsSync(path))
  if (found !== undefined) return found
  throw configurationError(
    `There is no venuekit.config.ts (.mts, .js, .mjs) in ${folder}: venuekit init writes one, --config names another.`,
  )
}

/** Values already set win, as with `node --env-file`. */
const loadEnvFile = ({ folder, envFile }: HostPlace, configPath: string): void => {
  const path = envFile === undefined ? join(dirname(configPath), '.env') : resolve(folder, envFile)
  if (!existsSync(path)) {
    if (envFile === undefined) return
    throw configurationError(`There is no ${envFile}.`)
  }
  try {
    process.loadEnvFile(path)
  } catch (error) {
    throw configurationError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`, error)
  }
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code

/** The host's own code failed; what belongs to the database or the gateway is told as such. */
const toldByHost = (error: unknown, path: string): CliError => {
  if (codeOf(error) === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return configurationError(
      `Node ${process.version} does not read TypeScript: use 22.18 or newer, or call the file venuekit.config.mjs.`,
      error,
    )
  }
  const known = toCliError(error)
  if (known.ending !== 'internal') return known
  const said = error instanceof Error ? error.message : String(error)
  return configurationError(`${path} fails: ${said.split('\n', 1)[0]} (--verbose shows where.)`, error)
}

const readDefault = async (path: string): Promise<unknown> => {
  try {
    return ((await import(pathToFileURL(path).href)) as { default?: unknown }).default
  } catch (error) {
    throw toldByHost(error, path)
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const isHost = (value: unknown): value is Host =>
  isObject(value) && 'options' in value && (typeof value.options === 'function' || isObject(value.options))

/** Not an address in the place of what talks to it. */
const hasPorts = (options: unknown): options is ServerKitOptions => {
  const { database, gateway } = (options ?? {}) as { database?: unknown; gateway?: unknown }
  return isObject(gateway) && isObject(database) && 'call' in database && 'close' in database
}

export interface LoadedHost {
  host: Host
  path: string
  /** Makes the options, which may open the database. */
  readOptions(): Promise<ServerKitOptions>
}

/** Reads the host's configuration. Throws `CliError`: one sentence, whatever the host's code did. */
export const loadHost = async (place: HostPlace): Promise<LoadedHost> => {
  const path = findConfig(place)
  loadEnvFile(place, path)
  const host = await readDefault(path)
  if (!isHost(host)) {
    throw configurationError(
      `${path} has no host to offer: its default export must be defineHost({ options }) of @venuekit/server-kit/node.`,
    )
  }
  return {
    host,
    path,
    async readOptions() {
      try {
        const options = typeof host.options === 'function' ? await host.options() : host.options
        if (hasPorts(options)) return options
      } catch (error) {
        throw toldByHost(error, path)
      }
      throw configurationError(
        `${path}: options must have a database, such as pgDatabase({ connectionString }), and a gateway at least.`,
      )
    },
  }
}
