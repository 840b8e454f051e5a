import { type Context, Hono } from 'hono'
import type { ProjectKeys } from './projectKeys.ts'

interface KeptObject {
  bytes: Uint8Array<ArrayBuffer>
  contentType: string
  cacheControl: string
  metadata: Record<string, unknown>
}

/** Objects by their paths; what Storage keeps of each. */
type KeptBucket = Map<string, KeptObject>

export interface StorageStandIn {
  app: Hono
  buckets: Map<string, { isPublic: boolean; objects: KeptBucket }>
  /** While true, every call is answered by 503. */
  isDown: boolean
}

/** Storage's way: HTTP 400, and what it means in the body. */
const refuse = (c: Context, statusCode: string, error: string, message: string) =>
  c.json({ statusCode, error, message }, 400)

const noObject = (c: Context) => refuse(c, '404', 'not_found', 'Object not found')
const noBucket = (c: Context) => refuse(c, '404', 'Bucket not found', 'Bucket not found')

const readMetadata = (header: string | undefined): Record<string, unknown> =>
  header === undefined ? {} : JSON.parse(Buffer.from(header, 'base64').toString('utf8'))

/** What lies directly below a folder: objects, and folders as rows without metadata. */
const listBelow = (objects: KeptBucket, prefix: string) => {
  const folder = prefix === '' ? '' : `${prefix.replace(/\/$/, '')}/`
  const rows = new Map<string, { name: string; metadata: Record<string, unknown> | null }>()
  for (const [path, { bytes, contentType }] of objects) {
    if (!path.startsWith(folder)) continue
    const [name = '', deeper] = path.slice(folder.length).split('/', 2)
    rows.set(name, { name, metadata: deeper === undefined ? { size: bytes.length, mimetype: contentType } : null })
  }
  return [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** As much of Supabase Storage's API as supabase-js calls for us: objects of buckets, as the service role. */
export const createStorageStandIn = (keys: ProjectKeys): StorageStandIn => {
  const app = new Hono()
  const standIn: StorageStandIn = { app, buckets: new Map(), isDown: false }
  const find = (c: Context) => standIn.buckets.get(c.req.param('bucket') ?? '')
  const pathOf = (c: Context): string => c.req.param('path') ?? ''
  app.get('/object/public/:bucket/:path{.+}', c => {
    const bucket = find(c)
    const object = bucket?.isPublic ? bucket.objects.get(pathOf(c)) : undefined
    if (!object) return noObject(c)
    const { bytes, contentType, cacheControl } = object
    return c.body(bytes, 200, { 'content-type': contentType, 'cache-control': cacheControl })
  })
  app.use('*', async (c, next) => {
    if (standIn.isDown) return c.text('upstream connect error', 503)
    const token = c.req.header('authorization')?.replace(/^Bearer /, '') ?? ''
    const claims = await keys.verify(token).catch(() => null)
    if (claims?.role !== 'service_role')
      return refuse(c, '403', 'Unauthorized', 'new row violates row-level security policy')
    return next()
  })
  app.get('/object/info/:bucket/:path{.+}', c => {
    const object = find(c)?.objects.get(pathOf(c))
    if (!object) return noObject(c)
    const { bytes, contentType, cacheControl, metadata } = object
    return c.json({
      name: pathOf(c),
      size: bytes.length,
      content_type: contentType,
      cache_control: cacheControl,
      metadata,
    })
  })
  app.post('/object/list/:bucket', async c => {
    const bucket = find(c)
    if (!bucket) return noBucket(c)
    const { prefix, limit, offset } = await c.req.json<{ prefix: string; limit: number; offset: number }>()
    return c.json(listBelow(bucket.objects, prefix).slice(offset, offset + limit))
  })
  app.get('/object/:bucket/:path{.+}', c => {
    const object = find(c)?.objects.get(pathOf(c))
    return object ? c.body(object.bytes, 200, { 'content-type': object.contentType }) : noObject(c)
  })
  app.post('/object/:bucket/:path{.+}', async c => {
    const bucket = find(c)
    if (!bucket) return noBucket(c)
    if (bucket.objects.has(pathOf(c)) && c.req.header('x-upsert') !== 'true') {
      return refuse(c, '409', 'Duplicate', 'The resource already exists')
    }
    bucket.objects.set(pathOf(c), {
      bytes: new Uint8Array(await c.req.arrayBuffer()),
      contentType: c.req.header('content-type') ?? '',
      cacheControl: c.req.header('cache-control') ?? '',
      metadata: readMetadata(c.req.header('x-metadata')),
    })
    return c.json({ Id: crypto.randomUUID(), Key: `${c.req.param('bucket')}/${pathOf(c)}` })
  })
  app.delete('/object/:bucket', async c => {
    const bucket = find(c)
    if (!bucket) return noBucket(c)
    const { prefixes } = await c.req.json<{ prefixes: string[] }>()
    return c.json(prefixes.filter(path => bucket.objects.delete(path)).map(name => ({ name })))
  })
  return standIn
}
