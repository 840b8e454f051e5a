import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'
import { embedFolder } from './buildEmbed.ts'

const page = fileURLToPath(new URL('../packages/operations-page/', import.meta.url))
const folder = join(embedFolder, 'ops')

// Its types are declared as CommonJS, where the function is one level deeper.
const minifier = terser as unknown as typeof terser.default

const buildScript = async (): Promise<string> => {
  const bundle = await rollup({
    input: join(page, 'dist/page.js'),
    plugins: [
      nodeResolve({ browser: true }),
      minifier({ module: true, ecma: 2020, compress: { passes: 2 }, format: { comments: false } }),
    ],
    onLog(level, log) {
      const harmless = log.code === 'INVALID_ANNOTATION' || log.code === 'CIRCULAR_DEPENDENCY'
      if (level === 'warn' && !harmless) throw new Error(`Operations build: ${log.message}`)
    },
  })
  const { output } = await bundle.generate({ format: 'es' })
  await bundle.close()
  const schema = Object.keys(output[0].modules).find(id => /\/zod\//.test(id))
  if (schema) throw new Error(`Operations build: the page carries ${schema}; import schemas as types only.`)
  return output[0].code
}

/** Sheets by their names, without what only readers need. */
const buildStyle = async (): Promise<string> => {
  const sheets = join(page, 'src/styles')
  const names = (await readdir(sheets)).filter(name => name.endsWith('.css')).sort()
  const texts = await Promise.all(names.map(name => readFile(join(sheets, name), 'utf8')))
  return texts
    .join('\n')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .trim()
}

const icon = (color: string, drawing: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="${color}"/><path d="${drawing}" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>`

const hashed = (name: string, extension: string, text: string): string =>
  `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 10)}.${extension}`

/** The operations page: a script, a sheet and two icons, by names that change with what is in them. */
export const buildOperations = async (): Promise<void> => {
  const [code, sheet] = await Promise.all([buildScript(), buildStyle()])
  const wellDrawing = icon('#2c7148', 'M9 17l5 5 9-11')
  const attentionDrawing = icon('#a8401a', 'M16 8v10M16 24v.2')
  const files = {
    script: hashed('page', 'js', code),
    style: hashed('page', 'css', sheet),
    wellIcon: hashed('well', 'svg', wellDrawing),
    attentionIcon: hashed('attention', 'svg', attentionDrawing),
  }
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await Promise.all([
    writeFile(join(folder, files.script), code),
    writeFile(join(folder, files.style), sheet),
    writeFile(join(folder, files.wellIcon), wellDrawing),
    writeFile(join(folder, files.attentionIcon), attentionDrawing),
    writeFile(join(folder, 'manifest.json'), `${JSON.stringify(files, null, 2)}\n`),
  ])
}

if (import.meta.main) await buildOperations()
