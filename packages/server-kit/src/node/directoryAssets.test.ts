import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { directoryAssets } from './directoryAssets.ts'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'venuekit-assets-'))
  await mkdir(join(directory, 'v1'))
  await writeFile(join(directory, 'v1', 'loader.js'), 'hello()')
})
afterAll(() => rm(directory, { recursive: true }))

test('reads files of the directory and answers null for what is none', async () => {
  const assets = directoryAssets(directory)
  const bytes = await assets.read('v1/loader.js')
  expect(new TextDecoder().decode(bytes ?? undefined)).toBe('hello()')
  for (const path of ['v1', 'v1/loader.js/x', 'v2/loader.js']) expect(await assets.read(path)).toBeNull()
})

test('has each file gzipped as well', async () => {
  const assets = directoryAssets(directory)
  const small = await assets.readGzip?.('v1/loader.js')
  expect(gunzipSync(small ?? '').toString()).toBe('hello()')
  expect(await assets.readGzip?.('v1/loader.js')).toBe(small)
  expect(await assets.readGzip?.('v2/loader.js')).toBeNull()
})
