import { gunzipSync, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { AssetSource } from '../ports/assets.ts'
import type { KitEnv } from './kitEnv.ts'
import { registerEmbed } from './registerEmbed.ts'

const script = 'hello()'
const plain: AssetSource = { read: async () => new TextEncoder().encode(script) }
const both: AssetSource = { ...plain, readGzip: async () => new Uint8Array(gzipSync(script)) }

const get = async (assets: AssetSource, encodings: string, etag = '') => {
  const app = new Hono<KitEnv>()
  registerEmbed(app, assets)
  return app.request('/embed/v1/loader.js', { headers: { 'accept-encoding': encodings, 'if-none-match': etag } })
}

test('who takes gzip gets gzip, and caches are told', async () => {
  const answer = await get(both, 'br;q=1.0, gzip;q=0.8, *;q=0.1')
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  expect(answer.headers.get('vary')).toContain('Accept-Encoding')
  expect(gunzipSync(await answer.arrayBuffer()).toString()).toBe(script)
  expect((await get(both, 'gzip', answer.headers.get('etag') ?? '')).status).toBe(304)
})

test('who does not, and where the platform compresses by itself, gets plain bytes', async () => {
  for (const answer of [await get(both, 'identity'), await get(both, 'gzip;q=0'), await get(plain, 'gzip')]) {
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(await answer.text()).toBe(script)
  }
})
