import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { EmbedFiles, EmbedManifest } from '../packages/core/src/loader/index.ts'
import { embedFolder } from './buildEmbed.ts'

/** Budgets in KB of 1,024 bytes, gzip -9, of what loads first in English. */
const budgets = { loader: 2.5, feed: 30, tickets: 20, both: 38 } as const
type BundleName = keyof typeof budgets

const manifest: EmbedManifest = JSON.parse(readFileSync(join(embedFolder, 'manifest.json'), 'utf8'))

const kilobytes = (path: string) => gzipSync(readFileSync(join(embedFolder, path)), { level: 9 }).length / 1024
const fileSize = (file: string) => kilobytes(join(manifest.version, file))

/** A widget's entry and all it imports statically. */
const firstLoad = (widget: string) => {
  const [entry] = manifest.widgets[widget] ?? []
  if (!entry) throw new Error(`The embed build has no ${widget}.`)
  return [entry, ...(manifest.files[entry]?.[1] ?? [])]
}
const total = (files: Iterable<string>) => [...new Set(files)].reduce((sum, file) => sum + fileSize(file), 0)

const sizes: Record<BundleName, number> = {
  loader: kilobytes('v1/loader.js'),
  feed: total(firstLoad('feed')),
  tickets: total(firstLoad('tickets')),
  both: total([...firstLoad('feed'), ...firstLoad('tickets')]),
}

const names = Object.keys(budgets) as BundleName[]
console.log('What loads first (gzip -9, KB of 1,024)')
for (const name of names) {
  const verdict = sizes[name] > budgets[name] ? 'ABOVE BUDGET' : 'ok'
  console.log(
    `  ${name.padEnd(10)}${sizes[name].toFixed(2).padStart(7)} of ${budgets[name].toFixed(1).padStart(4)}  ${verdict}`,
  )
}

const first = new Set([...firstLoad('feed'), ...firstLoad('tickets')])
console.log('Files')
const { files } = (await import(join(embedFolder, manifest.version, manifest.more))) as { files: EmbedFiles }
for (const file of [...Object.keys(manifest.files), ...Object.keys(files)]) {
  console.log(`  ${fileSize(file).toFixed(2).padStart(7)}  ${file}${first.has(file) ? '' : '  (on demand)'}`)
}

if (names.some(name => sizes[name] > budgets[name])) process.exitCode = 1
