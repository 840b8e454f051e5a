import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export interface EdgeFunction {
  /** Where it listens: the function's own name follows, as Supabase hands requests on. */
  url: string
  /** What it printed so far. */
  printed: string[]
  stop(): Promise<void>
}

const root = new URL('../../../../', import.meta.url)
/** The program itself: what stands in `.bin` starts it as a child, which would outlive what is stopped here. */
const deno = fileURLToPath(new URL('node_modules/deno/deno', root))
const example = fileURLToPath(new URL('examples/supabase/', root))

/** Makes the one file that is deployed, as `deno task bundle` of the example does, of the sources of this workspace. */
export const bundleEdgeFunction = async (): Promise<string> => {
  const file = join(await mkdtemp(join(tmpdir(), 'venuekit-edge-')), 'bundle.js')
  const flags = ['--no-config', '--no-lock', '--node-modules-dir=manual', '--platform', 'deno', '--minify']
  await promisify(execFile)(deno, ['bundle', ...flags, '-o', file, 'functions/venuekit/index.ts'], {
    cwd: example,
    env: { ...process.env, DENO_CONDITIONS: '@venuekit/source' },
  })
  return file
}

/** What Supabase's runtime adds to Deno; says what it is told to wait for. */
const edgeRuntime = `let waits = 0
globalThis.EdgeRuntime = {
  waitUntil(work) {
    const wait = ++waits
    console.log('EdgeRuntime waits ' + wait)
    work.then(() => console.log('EdgeRuntime waited ' + wait))
  },
}
`

/** Nothing is fetched or read: the function may use the network and its environment. */
const flags = [
  'run',
  '--no-config',
  '--no-lock',
  '--no-remote',
  '--no-npm',
  '--no-prompt',
  '--allow-env',
  '--allow-net',
]

const ended = (child: ChildProcess): Promise<void> => new Promise(resolve => child.once('exit', () => resolve()))

/** Runs the bundled Edge Function by the real Deno. */
export const startEdgeFunction = async (file: string, environment: Record<string, string>): Promise<EdgeFunction> => {
  const runtime = join(dirname(file), 'edgeRuntime.js')
  await writeFile(runtime, edgeRuntime)
  const child = spawn(deno, [...flags, '--preload', runtime, file], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NO_COLOR: '1',
      DENO_SERVE_ADDRESS: 'tcp:127.0.0.1:0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed: string[] = []
  const url = await new Promise<string>((resolve, reject) => {
    const read = (line: string) => {
      printed.push(line)
      const at = /Listening on (http:\/\/[\d.:]+)/.exec(line)?.[1]
      if (at) resolve(at)
    }
    for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', read)
    child.once('exit', code => reject(new Error(`the function ended with ${code}:\n${printed.join('\n')}`)))
    child.once('error', reject)
  })
  return {
    url,
    printed,
    async stop() {
      const done = ended(child)
      child.kill()
      await done
      await rm(dirname(file), { recursive: true, force: true })
    },
  }
}
