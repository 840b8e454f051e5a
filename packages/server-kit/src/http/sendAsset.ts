import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import type { AssetSource } from '../ports/assets.ts'
import { ProblemError } from '../services/problemError.ts'

const contentTypes: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
}

const pathForm = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/

/** `v1/` points to the newest files and moves on; all else stands under its version, or its hash, for ever. */
const cachingOf = (path: string): string =>
  path.startsWith('v1/') ? 'public, max-age=300' : 'public, max-age=31536000, immutable'

const contentTypeOf = (path: string): string =>
  contentTypes[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'

/** A file of a build, gzipped for who takes it. Throws `not_found`. */
export const sendAsset = async (c: Context, assets: AssetSource | null, path: string): Promise<Response> => {
  const wanted = accepts(c, { header: 'Accept-Encoding', supports: ['gzip', 'identity'], default: 'identity' })
  const gzip = wanted === 'gzip' && assets?.readGzip !== undefined
  const bytes = pathForm.test(path) ? await (gzip ? assets.readGzip?.(path) : assets?.read(path)) : null
  if (!bytes) throw new ProblemError('not_found', { detail: 'No such file in the build.' })
  c.header('cache-control', cachingOf(path))
  c.header('content-type', contentTypeOf(path))
  c.header('vary', 'Accept-Encoding')
  if (gzip) c.header('content-encoding', 'gzip')
  return c.body(bytes)
}
