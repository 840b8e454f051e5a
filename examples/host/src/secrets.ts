import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DemoError } from './demoError.ts'

/** The host's secrets. A real host keeps them in its own vault; the demo makes them beside its data. */
export interface DemoSecrets {
  /** Signs order tokens. */
  orders: string
  /** Signs the codes on tickets. */
  ticketKey: string
  /** Signs what the demo's members are signed in by. */
  members: string
  webhooks: string
  /** Opens the admin routes. */
  admin: string
  /** Lets a scheduler run jobs. */
  jobs: string
  database: string
  /** Signs the addresses that uploads are sent to. */
  uploads: string
}

const names = ['orders', 'ticketKey', 'members', 'webhooks', 'admin', 'jobs', 'database', 'uploads'] as const

/** Reads the folder's secrets: what was signed yesterday must hold today. Makes them where data begin anew. */
export const loadSecrets = (folder: string, fresh: boolean): DemoSecrets => {
  const path = join(folder, 'secrets.json')
  if (fresh || !existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, `${JSON.stringify(makeSecrets(), null, 2)}\n`, { mode: 0o600 })
  }
  const secrets = readSecrets(path)
  // Data of an older demo: what holds no signature that still counts can be made now.
  if (secrets.uploads === undefined || secrets.ticketKey === undefined) {
    secrets.uploads ??= secret()
    secrets.ticketKey ??= ticketKey()
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  }
  const missing = names.find(name => (secrets[name]?.length ?? 0) < 32)
  if (missing) throw new DemoError(`${path}: the secret "${missing}" is missing or short; --fresh makes new ones.`)
  return secrets as DemoSecrets
}

const readSecrets = (path: string): Partial<DemoSecrets> => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<DemoSecrets>
  } catch (error) {
    // A parser's own words would quote what it read.
    const said = error instanceof SyntaxError ? 'it is no JSON' : (error as NodeJS.ErrnoException).code
    throw new DemoError(
      `${path} cannot be read (${said}); --fresh makes new ones, and empties the data that they belong to.`,
    )
  }
}

const makeSecrets = (): DemoSecrets => ({
  orders: secret(),
  ticketKey: ticketKey(),
  members: secret(),
  webhooks: `whsec_${secret()}`,
  jobs: secret(),
  admin: `vk_sec_${secret()}`,
  database: secret(),
  uploads: secret(),
})

const secret = () => randomBytes(32).toString('hex')
/** As `makeTicketKey` makes it: any 32 bytes are a private key. */
const ticketKey = () => `vk_ticket_sec_${randomBytes(32).toString('base64url')}`
