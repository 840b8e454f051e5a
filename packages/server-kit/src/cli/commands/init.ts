import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Canvas } from '../cli.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { configNames } from '../loadHost.ts'
import { pgliteFolder, starterConfig } from '../starter/starterConfig.ts'
import { starterEvent } from '../starter/starterEvent.ts'
import { secretNames, secretRecipe, starterEnv } from '../starter/starterSecrets.ts'

interface InitReport {
  written: string[]
  /** There already: left as it was. */
  kept: string[]
  /** Names that a `.env` which was there does not set. */
  missingSecrets: string[]
  next: string[]
}

const configFile = 'venuekit.config.mjs'
const eventFile = 'first-event.json'

/** Writes what is not there yet; never over something. */
class Starter {
  readonly report: InitReport = { written: [], kept: [], missingSecrets: [], next: [] }
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async write(name: string, text: string, mode = 0o644): Promise<void> {
    try {
      await writeFile(join(this.#folder, name), text, { flag: 'wx', mode })
      this.report.written.push(name)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code !== 'EEXIST')
        throw new CliError('refused', 'not_written', `${name} cannot be written: ${message}`, { cause: error })
      this.report.kept.push(name)
    }
  }

  async writeConfig(text: string): Promise<void> {
    const there = configNames.find(name => existsSync(join(this.#folder, name)))
    if (there) this.report.kept.push(there)
    else await this.write(configFile, text)
  }

  /** Before any secret or buyer is written: what git does not know is not committed. */
  async ignore(name: string, ...patterns: string[]): Promise<void> {
    const path = join(this.#folder, '.gitignore')
    const text = existsSync(path) ? await readFile(path, 'utf8') : ''
    const known = [name, `/${name}`, ...patterns]
    if (text.split('\n').some(line => known.includes(line.trim()))) return
    await appendFile(path, `${text === '' || text.endsWith('\n') ? '' : '\n'}${name}\n`)
    if (!this.report.written.includes('.gitignore')) this.report.written.push('.gitignore')
  }

  async writeEnv(text: string): Promise<void> {
    await this.ignore('.env', '*.env', '.env*')
    await this.write('.env', text, 0o600)
    if (!this.report.kept.includes('.env')) return
    const there = await readFile(join(this.#folder, '.env'), 'utf8')
    this.report.missingSecrets = secretNames.filter(name => !new RegExp(`^\\s*(export\\s+)?${name}=.`, 'm').test(there))
  }
}

const readVenueId = async (folder: string): Promise<string> => {
  const path = join(folder, eventFile)
  if (!existsSync(path)) return randomUUID()
  try {
    const { venueId } = JSON.parse(await readFile(path, 'utf8')) as { venueId?: unknown }
    return typeof venueId === 'string' ? venueId : randomUUID()
  } catch {
    return randomUUID()
  }
}

const nextSteps = (venueId: string, pglite: boolean): string[] => [
  `Put STRIPE_SECRET_KEY${pglite ? '' : ', DATABASE_URL'} and STRIPE_WEBHOOK_SECRET into .env`,
  'venuekit migrate --apply',
  `venuekit venues create "Your venue" --id ${venueId} --origin http://localhost:8080 --apply`,
  `venuekit events create ${eventFile} --apply`,
  'venuekit doctor',
  'venuekit serve',
]

const view = ({ written, kept, missingSecrets, next }: InitReport, { paint }: Canvas): string => {
  const parts: string[] = []
  if (written.length > 0) parts.push(`${paint('green', 'Written')}  ${written.join(', ')}`)
  if (kept.length > 0) parts.push(`${paint('yellow', 'Left as it was')}  ${kept.join(', ')}`)
  if (missingSecrets.length > 0) {
    parts.push(
      `.env does not set ${missingSecrets.join(', ')}. Make each by\n  ${secretRecipe}\nVENUEKIT_ADMIN_KEY begins with vk_sec_, VENUEKIT_TICKET_KEY with vk_ticket_sec_.`,
    )
  }
  parts.push(`Next\n${next.map((step, index) => `  ${index + 1}. ${step}`).join('\n')}`)
  return parts.join('\n\n')
}

/** `venuekit init` */
export const addInit: AddCommand = (program, cli) => {
  program
    .command('init')
    .description('write a configuration, secrets and a first event into this folder; what is there stays')
    .option('--pglite', 'PGlite in a folder instead of a Postgres: for a try')
    .action(async ({ pglite }) => {
      const { folder } = cli.terminal
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
      const database = pglite ? 'pglite' : 'pg'
      const venueId = await readVenueId(folder)
      const starter = new Starter(folder)
      await starter.writeConfig(starterConfig({ database, timeZone }))
      await starter.writeEnv(starterEnv(database))
      if (pglite) await starter.ignore(pgliteFolder, `${pgliteFolder}/`, `/${pgliteFolder}/`)
      const event = starterEvent({ venueId, timeZone, now: new Date() })
      await starter.write(eventFile, `${JSON.stringify(event, null, 2)}\n`)
      const report: InitReport = { ...starter.report, next: nextSteps(venueId, pglite ?? false) }
      cli.answer(report, view)
      cli.found(report.missingSecrets.length > 0)
    })
}
