import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DemoError } from './demoError.ts'

/** The host's secrets. A real host keeps them in its own vault; the demo makes them beside its data. */
export interface DemoSecrets {
  /** Signs order tokens. */
  orders: string
  /** Signs the codes on tickets. */
  tickets: string
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

const names = ['orders', 'tickets', 'members', 'webhooks', 'admin', 'jobs', 'database', 'uploads'] as const

/** Reads the folder's secrets: what was signed yesterday must hold today. Makes them where data begin anew. */
export const loadSecrets = (folder: string, fresh: boolean): DemoSecrets => {
  const path = join(folder, 'secrets.json')
  if (fresh || !existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, `${JSON.stringify(makeSecrets(), null, 2)}\n`, { mode: 0o600 })
  }
  const secrets = JSON.parse(readFileSync(path, 'utf8')) as Partial<DemoSecrets>
  // Data of a demo that took no uploads yet: what holds nobody's signature can be made now.
  if (secrets.uploads === undefined) {
    secrets.uploads = secret()
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  }
  const missing = names.find(name => (secrets[name]?.length ?? 0) < 32)
  if (missing) throw new DemoError(`${path}: the secret "${missing}" is missing or short; --fresh makes new ones.`)
  return secrets as DemoSecrets
}

const makeSecrets = (): DemoSecrets => ({
  orders: secret(),
  tickets: secret(),
  members: secret(),
  webhooks: `whsec_${secret()}`,
  jobs: secret(),
  admin: `vk_sec_${secret()}`,
  database: secret(),
  uploads: secret(),
})

const secret = () => randomBytes(32).toString('hex')
