import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { MuxAsset, MuxUpload } from '../mux/muxObjects.ts'
import { createHmac } from '../services/hmac.ts'

/** A local server that answers as Mux's video API does, as far as we use it. */
export interface MuxStandIn {
  url: string
  uploads: Map<string, MuxUpload & { asked: Record<string, unknown> }>
  assets: Map<string, MuxAsset>
  /** What the API was asked, such as `POST /uploads`. */
  requests: string[]
  /** While true, every call is answered by 503. */
  isDown: boolean
  /** The bytes are in: an asset is made, as Mux does. */
  createAsset(uploadId: string): MuxAsset
  /** The asset plays. `change` replaces what Mux found. */
  makeReady(asset: MuxAsset, change?: Partial<MuxAsset>): void
  /** Body and signature of an event as Mux sends it. */
  sign(event: unknown, change?: { secret?: string; timestamp?: number }): Promise<{ body: string; signature: string }>
  close(): Promise<void>
}

export const muxTestToken = { tokenId: 'token-id', tokenSecret: 'token-secret' }
export const muxTestSecret = 'signing secret of the mux endpoint'

const problem = (type: string) => ({ error: { type, messages: [] } })

const createApi = (twin: MuxStandIn): Hono => {
  const api = new Hono().basePath('/video/v1')
  api.use('*', async (c, next) => {
    twin.requests.push(`${c.req.method} ${c.req.path.replace('/video/v1', '').replace(/(up|as)_[\w-]+/, ':id')}`)
    if (twin.isDown) return c.json(problem('server_error'), 503)
    const wanted = `Basic ${btoa(`${muxTestToken.tokenId}:${muxTestToken.tokenSecret}`)}`
    if (c.req.header('authorization') !== wanted) return c.json(problem('unauthorized'), 401)
    return next()
  })
  api.post('/uploads', async c => {
    const id = `up_${crypto.randomUUID()}`
    const upload = { id, status: 'waiting', url: `https://direct-uploads.example/${id}`, asked: await c.req.json() }
    twin.uploads.set(id, upload)
    return c.json({ data: upload }, 201)
  })
  api.get('/uploads/:id', c => {
    const upload = twin.uploads.get(c.req.param('id'))
    return upload ? c.json({ data: upload }) : c.json(problem('not_found'), 404)
  })
  api.put('/uploads/:id/cancel', c => {
    const upload = twin.uploads.get(c.req.param('id'))
    if (upload?.status !== 'waiting') return c.json(problem('invalid_state'), 403)
    upload.status = 'cancelled'
    return c.json({ data: upload })
  })
  api.get('/assets/:id', c => {
    const asset = twin.assets.get(c.req.param('id'))
    return asset ? c.json({ data: asset }) : c.json(problem('not_found'), 404)
  })
  api.delete('/assets/:id', c =>
    twin.assets.delete(c.req.param('id')) ? c.body(null, 204) : c.json(problem('not_found'), 404),
  )
  return api
}

const toHex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

export const startMuxStandIn = async (now: () => number = Date.now): Promise<MuxStandIn> => {
  const twin: MuxStandIn = {
    url: '',
    uploads: new Map(),
    assets: new Map(),
    requests: [],
    isDown: false,
    createAsset(uploadId) {
      const upload = twin.uploads.get(uploadId)
      if (!upload) throw new Error(`the stand-in knows no upload ${uploadId}`)
      const asset: MuxAsset = { id: `as_${crypto.randomUUID()}`, status: 'preparing', upload_id: uploadId }
      twin.assets.set(asset.id, asset)
      Object.assign(upload, { status: 'asset_created', asset_id: asset.id })
      return asset
    },
    makeReady(asset, change = {}) {
      Object.assign(asset, {
        status: 'ready',
        duration: 12.5,
        playback_ids: [{ id: `play${asset.id.slice(3, 11)}`, policy: 'public' }],
        tracks: [{ type: 'video', max_width: 1080, max_height: 1920 }, { type: 'audio' }],
        static_renditions: { files: [{ name: 'highest.mp4', status: 'ready', width: 1080, height: 1920 }] },
        ...change,
      })
    },
    async sign(event, { secret = muxTestSecret, timestamp = Math.floor(now() / 1000) } = {}) {
      const body = JSON.stringify(event)
      const signature = await createHmac(secret).sign(new TextEncoder().encode(`${timestamp}.${body}`))
      return { body, signature: `t=${timestamp},v1=${toHex(signature)}` }
    },
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
  const api = createApi(twin)
  const server = serve({ fetch: api.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>(resolve => server.once('listening', () => resolve()))
  twin.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return twin
}
