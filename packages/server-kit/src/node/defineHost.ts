import type { ServerKitOptions } from '../createServerKit.ts'
import type { ServeOptions } from './serve.ts'

/** What `venuekit.config.ts` exports: how this host's kit is made, and how it is served. */
export interface Host {
  /** The options of `createServerKit`, or what makes them once a command asks for a kit. */
  options: ServerKitOptions | (() => ServerKitOptions | Promise<ServerKitOptions>)
  /** Where `venuekit serve` listens: port 4000 on every address unless told otherwise. */
  serve?: Partial<Pick<ServeOptions, 'port' | 'host' | 'jobs' | 'drainSeconds'>>
}

/**
 * For the default export of `venuekit.config.ts`: answers what it was given, checked by its type.
 *
 * @example
 * export default defineHost({ options: () => ({ database: pgDatabase({ connectionString }), gateway, secrets, timeZone }) })
 */
export const defineHost = (host: Host): Host => host
