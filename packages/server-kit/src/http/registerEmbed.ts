import type { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import type { AssetSource } from '../ports/assets.ts'
import { ProblemError } from '../services/problemError.ts'
import type { KitEnv } from './kitEnv.ts'
import { readEtag } from './readEtag.ts'

const contentTypes: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  svg: 'image/svg+xml',
}

const pathForm = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/

/** `v1/` points to the newest files and moves on; all else stands under its version for ever. */
const cachingOf = (path: string): string =>
  path.startsWith('v1/') ? 'public, max-age=300' : 'public, max-age=31536000, immutable'

const contentTypeOf = (path: string): string =>
  contentTypes[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'

/** The widgets' files for any page in the world: no key, no cookie, open CORS. */
export const registerEmbed = (app: Hono<KitEnv>, assets: AssetSource): void => {
  app.get('/embed/:path{.+}', readEtag(), async c => {
    c.header('access-control-allow-origin', '*')
    const path = c.req.param('path')
    const wanted = accepts(c, { header: 'Accept-Encoding', supports: ['gzip', 'identity'], default: 'identity' })
    const gzip = wanted === 'gzip' && assets.readGzip !== undefined
    const known = pathForm.test(path)
    const bytes = known ? await (gzip ? assets.readGzip?.(path) : assets.read(path)) : null
    if (!bytes) throw new ProblemError('not_found', { detail: 'No such file in the embed build.' })
    c.header('cache-control', cachingOf(path))
    c.header('content-type', contentTypeOf(path))
    c.header('vary', 'Accept-Encoding')
    if (gzip) c.header('content-encoding', 'gzip')
    return c.body(bytes)
  })
}
