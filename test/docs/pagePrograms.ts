import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))

/** Pages whose every block of TypeScript is a whole program. */
export const programPages = ['docs/testing.md', 'docs/testing-your-app.md', 'docs/sdk.md', 'docs/host-node.md']

interface Program {
  /** The page, the heading above it, and its place below that. */
  name: string
  code: string
}

/** The blocks of TypeScript of a page, each a whole program. */
export const programsOf = async (page: string): Promise<Program[]> => {
  const text = await readFile(join(root, page), 'utf8')
  return text.split(/^#+ /m).flatMap(section => {
    const title = section.split('\n', 1)[0] ?? ''
    return [...section.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ''], at) => ({
      name: `${page}: ${title} (${at + 1})`,
      code,
    }))
  })
}

/** Programs as files of `docs`, whose package.json says what they may import. */
export const writePrograms = async (programs: readonly Program[]) => {
  const parent = join(root, 'docs/.venuekit')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'programs-'))
  const fileOf = (at: number) => join(folder, `program${at}.ts`)
  await Promise.all(programs.map(({ code }, at) => writeFile(fileOf(at), code)))
  return {
    /** What the compiler says of them all; empty where it has nothing to say. */
    async check() {
      const lib = ['es2024', 'dom', 'dom.iterable', 'esnext.disposable']
      // The widgets' sources are read along.
      const compilerOptions = { types: ['node'], lib, jsx: 'react-jsx', jsxImportSource: 'preact' }
      const settings = { extends: '../../../tsconfig.base.json', compilerOptions, include: ['*.ts'] }
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings))
      const compiler = join(root, 'node_modules/.bin/tsc')
      const { stdout } = await execute(compiler, ['-p', folder]).catch((error: { stdout: string }) => error)
      return stdout
    },
    /** Runs one; answers what it wrote as an error. Throws where it ends otherwise than well. */
    async run(at: number) {
      const options = ['--conditions=@venuekit/source', '--no-warnings', fileOf(at)]
      const { stderr } = await execute(process.execPath, options, { cwd: folder })
      return stderr
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
