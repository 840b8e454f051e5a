import { execFile } from 'node:child_process'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const workspace = fileURLToPath(new URL('../../', import.meta.url))

const env = { ...process.env, PATH: `${workspace}node_modules/.bin${delimiter}${process.env.PATH}` }

/** Runs a tool of this workspace; throws with all that it printed where it ends otherwise than well. */
export const runTool = async (tool: string, args: string[]): Promise<string> => {
  try {
    const { stdout } = await execute(tool, args, { cwd: workspace, env, maxBuffer: 1e8 })
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${tool} ${args.join(' ')}\n${stdout}${stderr}`)
  }
}

/** A file of a tarball. */
export const readPacked = async (tarball: string, path: string): Promise<string> => {
  const { stdout } = await execute('tar', ['-xzOf', tarball, `package/${path}`], { maxBuffer: 1e8 })
  return stdout
}

/** The files of a tarball. */
export const listPacked = async (tarball: string): Promise<string[]> => {
  const { stdout } = await execute('tar', ['-tzf', tarball], { maxBuffer: 1e8 })
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.replace(/^package\//, ''))
}
