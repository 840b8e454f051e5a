import { readFile, writeFile } from 'node:fs/promises'

// Versions where `changeset version` does not look, written after it. A browser bundle must not carry a package.json, so
// a module has it as well (held by core/src/version.test.ts); the Edge Function's import map names a range of its own
// (held by test/postgres/supabaseGuide.test.ts).
const core = new URL('../packages/core/', import.meta.url)
const { version } = JSON.parse(await readFile(new URL('package.json', core), 'utf8')) as { version: string }
const file = new URL('src/version.ts', core)
const text = await readFile(file, 'utf8')
await writeFile(file, text.replace(/'.*'/, `'${version}'`))

const imports = new URL('../examples/supabase/functions/venuekit/deno.json', import.meta.url)
const asked = await readFile(imports, 'utf8')
await writeFile(imports, asked.replaceAll(/(npm:@venuekit\/server-kit@\^)[^"/]+/g, `$1${version}`))
