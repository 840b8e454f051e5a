import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DemoError } from './demoError.ts'

export type DatabaseChoice =
  | { kind: 'embedded'; folder: string }
  | { kind: 'pglite'; folder: string }
  | { kind: 'url'; url: string }

export interface StripeChoice {
  secretKey: string
  webhookSecret: string
  /** Null where nobody can pay within the page. */
  publishableKey: string | null
}

export interface DemoOptions {
  mode: 'serve' | 'check' | 'incident' | 'help'
  /** 0 takes a free one. */
  ports: { api: number; twin: number; site: number }
  /** Where data and secrets live. */
  folder: string
  fresh: boolean
  /** Data that nobody will read again. */
  scratch: boolean
  database: DatabaseChoice
  /** Null for the twin. */
  stripe: StripeChoice | null
  /** Origins besides the venue's site whose pages may use its key. */
  pages?: readonly string[]
}

export const usage = `Usage: pnpm demo [--fresh] [--pglite] [--check | --incident]

  --fresh    start with empty data
  --pglite   PGlite instead of an embedded Postgres
  --check    take free ports and scratch data, buy a ticket, post, print what was seen, end
  --incident damage a scratch database as the founding incident did, audit it, repair it, print it all, end

Environment: VENUEKIT_API_PORT (4000), VENUEKIT_TWIN_PORT (4001), VENUEKIT_SITE_PORT (4002),
VENUEKIT_DATA_FOLDER (.venuekit), DATABASE_URL (your own Postgres), STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET (real Stripe, test mode),
STRIPE_PUBLISHABLE_KEY (payment within the page there).`

/** Where the demo's data and secrets lie. */
export const dataFolder = (env: Record<string, string | undefined>): string => {
  const folder = env.VENUEKIT_DATA_FOLDER
  if (folder === undefined) return `${workspace}.venuekit`
  // Not as if it were left out: with --fresh, the data of another folder than the one meant would go.
  if (folder.trim() === '') throw new DemoError('VENUEKIT_DATA_FOLDER is empty: name a folder, or leave it out.')
  // Postgres runs elsewhere.
  return resolve(folder)
}

const workspace = fileURLToPath(new URL('../../..', import.meta.url))

/** Reads the command line and the environment; throws `DemoError` on what cannot be. */
export const parseOptions = (
  args: readonly string[],
  env: Record<string, string | undefined>,
  scratchFolder: () => string,
): DemoOptions => {
  const flags = parseFlags(args)
  if (flags.fresh && env.DATABASE_URL && !flags.pglite)
    throw new DemoError('--fresh does not empty the database of DATABASE_URL: do that by hand, if you mean it.')
  // Neither touches a database that somebody uses.
  const scratch = flags.check || flags.incident
  const folder = scratch ? scratchFolder() : dataFolder(env)
  return {
    mode: chooseMode(flags),
    ports: scratch
      ? { api: 0, twin: 0, site: 0 }
      : {
          api: parsePort(env, 'VENUEKIT_API_PORT', 4000),
          twin: parsePort(env, 'VENUEKIT_TWIN_PORT', 4001),
          site: parsePort(env, 'VENUEKIT_SITE_PORT', 4002),
        },
    folder,
    fresh: flags.fresh,
    scratch,
    database: chooseDatabase(flags.pglite, folder, flags.incident ? undefined : env.DATABASE_URL),
    stripe: scratch ? null : parseStripe(env.STRIPE_SECRET_KEY, env.STRIPE_WEBHOOK_SECRET, env.STRIPE_PUBLISHABLE_KEY),
  }
}

const chooseMode = (flags: { help: boolean; incident: boolean; check: boolean }): DemoOptions['mode'] => {
  if (flags.help) return 'help'
  if (flags.incident) return 'incident'
  return flags.check ? 'check' : 'serve'
}

const parseFlags = (args: readonly string[]) => {
  try {
    const { values } = parseArgs({
      args: args.filter(arg => arg !== '--'),
      options: {
        fresh: { type: 'boolean', default: false },
        pglite: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        incident: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    throw new DemoError(`${error instanceof Error ? error.message : error} (pnpm demo --help lists the options.)`)
  }
}

const parsePort = (env: Record<string, string | undefined>, name: string, fallback: number) => {
  const text = env[name]
  if (!text) return fallback
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new DemoError(`${name} is ${JSON.stringify(text)}: it must be a port number from 0 to 65535.`)
}

const chooseDatabase = (pglite: boolean, folder: string, url: string | undefined): DatabaseChoice => {
  if (pglite) return { kind: 'pglite', folder: `${folder}/pglite` }
  if (!url) return { kind: 'embedded', folder: `${folder}/cluster` }
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return { kind: 'url', url }
  throw new DemoError(
    'DATABASE_URL is no address of a Postgres: postgres://user:password@host:5432/database is the form.',
  )
}

export const parseStripe = (
  secretKey: string | undefined,
  webhookSecret: string | undefined,
  publishableKey: string | undefined,
): StripeChoice | null => {
  if (!secretKey) return null
  if (!/^(sk|rk)_/.test(secretKey)) throw new DemoError('STRIPE_SECRET_KEY is no Stripe key: one begins with sk_test_.')
  if (!/^(sk|rk)_test_\w{8,}$/.test(secretKey))
    throw new DemoError('STRIPE_SECRET_KEY must be a test key (sk_test_…): the demo sells to nobody for real.')
  if (!webhookSecret || !/^whsec_\w{8,}$/.test(webhookSecret))
    throw new DemoError(
      'STRIPE_WEBHOOK_SECRET must be given with STRIPE_SECRET_KEY: `stripe listen` prints it (whsec_…).',
    )
  if (publishableKey && !/^pk_test_\w{8,}$/.test(publishableKey))
    throw new DemoError('STRIPE_PUBLISHABLE_KEY must be the test key that belongs to STRIPE_SECRET_KEY (pk_test_…).')
  return { secretKey, webhookSecret, publishableKey: publishableKey || null }
}
