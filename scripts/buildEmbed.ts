import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { type LogHandlerWithDefault, type OutputChunk, type Plugin, rollup } from 'rollup'
import license, { type Dependency } from 'rollup-plugin-license'
import { type ElementTable, propertyKinds } from '../packages/core/src/element/index.ts'
import { type EmbedFiles, type EmbedManifest, importerKey } from '../packages/core/src/loader/index.ts'

const workspace = fileURLToPath(new URL('..', import.meta.url))
export const embedFolder = join(workspace, 'packages/server-kit/embed')
const built = (path: string) => join(workspace, 'packages', path)
/** By the element's name without `venuekit-`. */
const folders: Record<string, string> = { tickets: 'ticket-widget', feed: 'feed-widget' }
/** Elements whose body and properties are another's. */
const alike: Record<string, string> = { button: 'tickets' }
const loaderModule = built('core/dist/loader/index.js')

// Their types are declared as CommonJS, where the function is one level deeper.
const minifier = terser as unknown as typeof terser.default
const collectLicenses = license as unknown as typeof license.default

const minify = (module: boolean) =>
  minifier({
    module,
    ecma: 2020,
    compress: { passes: 3, global_defs: { 'process.env.NODE_ENV': 'production' } },
    format: { comments: false },
  })

/** Hands dynamic imports to the loader's importer, which adds integrity and nonce. */
const importThroughLoader = (version: string): Plugin => ({
  name: 'import-through-loader',
  renderDynamicImport: ({ targetModuleId }) =>
    targetModuleId === null
      ? null
      : {
          left: `globalThis[Symbol.for(${JSON.stringify(Symbol.keyFor(importerKey(version)))})](`,
          right: ')',
        },
})

// Said of other people's comments and cycles (ours fail the check).
const harmless = new Set(['INVALID_ANNOTATION', 'CIRCULAR_DEPENDENCY'])

const failOnWarning: LogHandlerWithDefault = (level, log) => {
  if (level === 'warn' && !harmless.has(log.code ?? '')) throw new Error(`Embed build: ${log.message}`)
}

/** The server validates; a browser that carried the schemas too would pay for them with every page. */
const refuseSchemas = (chunk: OutputChunk) => {
  const schema = Object.entries(chunk.modules).find(([id, { renderedLength }]) => /\/zod\//.test(id) && renderedLength)
  if (schema) throw new Error(`Embed build: ${chunk.fileName} carries ${schema[0]}; import schemas as types only.`)
}

/** Takes the room for readers out of the style sheets, which are strings to every other tool. */
const shrinkStyles: Plugin = {
  name: 'shrink-styles',
  transform: (code, id) =>
    /[sS]tyles?\.js$/.test(id) ? { code: code.replace(/`[^`]*`/g, shrinkSheet), map: null } : null,
}

const shrinkSheet = (sheet: string) =>
  sheet
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/(?<!\d)0\.(?=\d)/g, '.')
    .replace(/([a-z-]): /g, '$1:')
    .replace(/;}/g, '}')
    .replace(/^` | `$/g, '`')

/** Small, and still nothing to wait for: by the rule for small files they would load first. */
const laterParts = [
  { name: 'watchTickets', modules: /\/(watchTickets|followEvent)\.js$/ },
  { name: 'steadyScroll', modules: /\/steadyScroll\.js$/ },
]

/** What the licences of other people's code ask to be told of beside it; the files themselves carry no comments. */
const noticesOf = (dependencies: Dependency[]) =>
  dependencies
    .filter(({ name }) => !name?.startsWith('@venuekit/'))
    .map(({ name, version, license, licenseText }) => `${name} ${version} (${license})\n\n${licenseText ?? ''}`.trim())
    .sort()
    .join('\n\n----\n\n')

const buildWidgets = async (version: string) => {
  let notices = ''
  const bundle = await rollup({
    input: Object.fromEntries(
      Object.entries(folders).map(([name, folder]) => [name, built(`${folder}/dist/embed.js`)]),
    ),
    plugins: [
      nodeResolve({ browser: true }),
      shrinkStyles,
      importThroughLoader(version),
      collectLicenses({
        thirdParty: {
          multipleVersions: true,
          output(dependencies) {
            notices = noticesOf(dependencies)
          },
        },
      }),
      minify(true),
    ],
    // On-demand parts import from the widgets' own files: a facade before them would be one request more.
    preserveEntrySignatures: 'allow-extension',
    onLog: failOnWarning,
  })
  const { output } = await bundle.generate({
    format: 'es',
    entryFileNames: '[name]-[hash:6].js',
    // What several entries share would else bear the name of any one of its modules.
    chunkFileNames: ({ isDynamicEntry }) => (isDynamicEntry ? '[name]-[hash:6].js' : 'shared-[hash:6].js'),
    hashCharacters: 'hex',
    minifyInternalExports: true,
    // Shared code in as few files as may be: each one costs a request.
    experimentalMinChunkSize: 4_000,
    manualChunks: id => laterParts.find(part => part.modules.test(id))?.name,
    onlyExplicitManualChunks: true,
  })
  await bundle.close()
  const chunks = output.filter(file => file.type === 'chunk')
  chunks.forEach(refuseSchemas)
  return { chunks, notices: `${notices}\n` }
}

const integrity = (code: string) => `sha256-${createHash('sha256').update(code).digest('base64')}`

/** A chunk's static imports, theirs included. */
const staticImports = (chunk: OutputChunk, chunks: Map<string, OutputChunk>, found = new Set<string>()) => {
  for (const name of chunk.imports) {
    const imported = chunks.get(name)
    if (!imported) throw new Error(`Embed build: ${chunk.fileName} imports ${name}, which is not in the build.`)
    if (found.has(name)) continue
    found.add(name)
    staticImports(imported, chunks, found)
  }
  return [...found]
}

/** What the loader must know at once, and the module with the files that load on demand. */
const describe = async (version: string, output: OutputChunk[]) => {
  const chunks = new Map(output.map(chunk => [chunk.fileName, chunk]))
  const entries = output.filter(chunk => chunk.isEntry)
  const first = new Set(entries.flatMap(entry => [entry.fileName, ...staticImports(entry, chunks)]))
  // What loads on demand goes by the name that the build's own imports say.
  const nameOf = (file: string) => (first.has(file) ? file : `./${file}`)
  const rowsOf = (files: OutputChunk[]): EmbedFiles =>
    Object.fromEntries(
      files.map(chunk => [nameOf(chunk.fileName), [integrity(chunk.code), staticImports(chunk, chunks).map(nameOf)]]),
    )
  const more = `export const files=${JSON.stringify(rowsOf(output.filter(({ fileName }) => !first.has(fileName))))}\n`
  const moreFile = `files-${createHash('sha256').update(more).digest('hex').slice(0, 6)}.js`
  const widgetRows = await Promise.all(
    entries.map(async ({ name, fileName }) => [name, [fileName, await kindsOf(name)]] as const),
  )
  const widgets: EmbedManifest['widgets'] = Object.fromEntries(widgetRows)
  for (const [name, other] of Object.entries(alike)) {
    const widget = widgets[other]
    if (widget) widgets[name] = widget
  }
  const manifest: EmbedManifest = {
    version,
    widgets,
    files: { ...rowsOf(output.filter(({ fileName }) => first.has(fileName))), [moreFile]: [integrity(more), []] },
    more: moreFile,
  }
  return { manifest, more }
}

/** The properties of a widget's shell, from its `api.ts`. */
const kindsOf = async (name: string) => {
  const { properties } = (await import(built(`${folders[name]}/dist/api.js`))) as { properties: ElementTable }
  return propertyKinds(properties)
}

const buildLoader = async (embed: EmbedManifest) => {
  const entry = '\0loader'
  const bundle = await rollup({
    input: entry,
    plugins: [
      {
        name: 'loader-entry',
        resolveId: id => (id === entry ? id : null),
        load: id =>
          id === entry
            ? `import { startLoader } from ${JSON.stringify(loaderModule)}
               startLoader(${JSON.stringify(embed)}, document.currentScript, url => import(url))`
            : null,
      },
      nodeResolve({ browser: true }),
      shrinkStyles,
      minify(false),
    ],
    onLog: failOnWarning,
  })
  const { output } = await bundle.generate({ format: 'iife' })
  await bundle.close()
  return output[0].code
}

export const buildEmbed = async () => {
  const { version } = JSON.parse(await readFile(built('server-kit/package.json'), 'utf8')) as { version: string }
  const { chunks, notices } = await buildWidgets(version)
  const { manifest, more } = await describe(version, chunks)
  const loader = await buildLoader(manifest)
  await rm(embedFolder, { recursive: true, force: true })
  await mkdir(join(embedFolder, version), { recursive: true })
  await mkdir(join(embedFolder, 'v1'))
  await Promise.all([
    ...chunks.map(chunk => writeFile(join(embedFolder, version, chunk.fileName), chunk.code)),
    writeFile(join(embedFolder, version, manifest.more), more),
    writeFile(join(embedFolder, version, 'licenses.txt'), notices),
    writeFile(join(embedFolder, 'v1/loader.js'), loader),
    writeFile(join(embedFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`),
  ])
  return manifest
}

if (import.meta.main) await buildEmbed()
