import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openApiDocument } from '../packages/server-kit/src/openapi/openApiDocument.ts'

const file = fileURLToPath(new URL('../openapi.json', import.meta.url))
const generated = `${JSON.stringify(openApiDocument(), null, 2)}\n`

if (process.argv.includes('--check')) {
  const committed = await readFile(file, 'utf8').catch(() => '')
  if (committed !== generated) {
    console.error('openapi.json is stale: run `pnpm openapi` and commit it.')
    process.exitCode = 1
  }
} else {
  await writeFile(file, generated)
}
