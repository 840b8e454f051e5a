import { readFile, writeFile } from 'node:fs/promises'

// A browser bundle must not carry a package.json, so the version stands in a module as well: written after
// `changeset version`, held by core/src/version.test.ts.
const core = new URL('../packages/core/', import.meta.url)
const { version } = JSON.parse(await readFile(new URL('package.json', core), 'utf8')) as { version: string }
const file = new URL('src/version.ts', core)
const text = await readFile(file, 'utf8')
await writeFile(file, text.replace(/'.*'/, `'${version}'`))
