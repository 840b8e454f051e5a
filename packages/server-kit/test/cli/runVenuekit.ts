import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ownMain = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const config = fileURLToPath(new URL('./venuekit.config.ts', import.meta.url))

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
  /** Both, for those who look for what must not be there. */
  all: string
}

export interface RunOptions {
  env?: Record<string, string>
  /** The suites' own, which reads `CLI_…`; null leaves it out. */
  config?: string | null
  cwd?: string
  /** Another installation's `main.ts`. */
  main?: string
  stdin?: string
  /** Ends the run once stderr or stdout says this. */
  interruptAt?: { text: string; signal: 'SIGINT' | 'SIGTERM' }
}

/** Runs `venuekit` as a process of its own. */
export const runVenuekit = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const given = options.config === undefined ? config : options.config
    const main = options.main ?? ownMain
    const child = spawn(process.execPath, [main, ...(given === null ? [] : ['--config', given]), ...args], {
      cwd: options.cwd ?? process.cwd(),
      env: { PATH: process.env.PATH, NODE_OPTIONS: '--conditions=@venuekit/source', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const ran: Ran = { code: null, stdout: '', stderr: '', all: '' }
    const interruption = options.interruptAt
    const listen = (name: 'stdout' | 'stderr') =>
      child[name].setEncoding('utf8').on('data', (text: string) => {
        ran[name] += text
        ran.all += text
        if (interruption && ran.all.includes(interruption.text)) child.kill(interruption.signal)
      })
    listen('stdout')
    listen('stderr')
    child.stdin.on('error', () => {})
    child.stdin.end(options.stdin ?? '')
    child.on('error', reject)
    child.on('close', code => resolve({ ...ran, code }))
  })
