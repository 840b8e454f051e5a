import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const projects = fileURLToPath(new URL('./projects/', import.meta.url))

/** This workspace's own settings stay outside: what runs here knows the published packages alone. */
const { NODE_OPTIONS: _, ...env } = process.env

/** A folder far from this workspace with nothing in it but what a project of `projects/` has and what npm installs. */
export class EmptyProject implements AsyncDisposable {
  readonly folder: string
  readonly #children: ChildProcess[] = []

  private constructor(folder: string) {
    this.folder = folder
  }

  /** `packages`: names with versions, or paths of tarballs. */
  static async create(name: string, packages: string[]): Promise<EmptyProject> {
    const folder = await mkdtemp(join(tmpdir(), `venuekit-${name}-`))
    const project = new EmptyProject(folder)
    await cp(join(projects, name), folder, { recursive: true })
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ name: basename(folder), private: true, type: 'module' }),
    )
    await project.run('npm', [
      'install',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--loglevel=error',
      ...packages,
    ])
    return project
  }

  /** Answers what the command printed; throws with it where the command fails. */
  async run(command: string, args: string[]): Promise<string> {
    try {
      const { stdout } = await execute(command, args, { cwd: this.folder, env, maxBuffer: 1e8 })
      return stdout
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
      throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
    }
  }

  /** Starts a program that goes on; answers the first line that it prints. */
  async start(program: string, variables: Record<string, string>): Promise<string> {
    const child = spawn(process.execPath, [program], {
      cwd: this.folder,
      env: { ...env, ...variables },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#children.push(child)
    const ended = once(child, 'exit').then(() => {
      throw new Error(`${program} ended before it said anything`)
    })
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended])
    ended.catch(() => {})
    return String(line)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) {
      child.stdin?.end()
      if (child.exitCode === null) await once(child, 'exit')
    }
    await rm(this.folder, { recursive: true, force: true })
  }
}
