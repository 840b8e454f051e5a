import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningServer, serve } from '../node/serve.ts'
import { type MediaDesk, openMediaDesk } from '../testing/mediaDesk.ts'
import { createSampleVideo } from '../testing/sampleVideo/createSampleVideo.ts'

let desk: MediaDesk
let server: RunningServer
let video: Uint8Array<ArrayBuffer>
beforeAll(async () => {
  desk = await openMediaDesk()
  server = await serve({ kit: desk.stage.kit, port: 0, host: '127.0.0.1', jobs: false, signals: false })
  video = await createSampleVideo({ seconds: 20 })
}, 60_000)
afterAll(async () => {
  await server.close()
  await desk.close()
})

const local = (url: string | null): string => (url ?? '').replace('http://kit.test', `http://127.0.0.1:${server.port}`)

const ask = async (url: string): Promise<number> => {
  const answer = await fetch(url, { method: 'PUT', headers: { 'content-range': `bytes */${video.length}` } })
  return Number(/-(\d+)$/.exec(answer.headers.get('range') ?? '')?.[1] ?? -1) + 1
}

/** Resolves once so many bytes are safe; a server takes a moment to notice that a connection is gone. */
const waitForBytes = async (url: string, wanted: number): Promise<number> => {
  let received = 0
  await expect.poll(async () => (received = await ask(url)), { timeout: 20_000 }).toBeGreaterThanOrEqual(wanted)
  return received
}

test('a torn connection leaves what had arrived, and the upload goes on from there', async () => {
  const upload = await desk.open('video', video.length)
  const url = local(upload.uploadUrl)
  const half = Math.floor(video.length / 2)
  const sending = request(url, { method: 'PUT', headers: { 'content-length': video.length } })
  sending.on('error', () => {})
  await new Promise(resolve => {
    sending.on('close', resolve)
    sending.write(video.slice(0, half), () => sending.destroy())
  })
  const received = await waitForBytes(url, 1)
  expect(received).toBeLessThanOrEqual(half)
  const rest = await fetch(url, {
    method: 'PUT',
    body: video.slice(received),
    headers: { 'content-range': `bytes ${received}-${video.length - 1}/${video.length}` },
  })
  expect(rest.status).toBe(200)
  expect(await desk.read(upload.id)).toMatchObject({ status: 'ready', media: { durationMs: 20_000 } })
})

test('a part at a wrong place is answered without being read, and the connection stays of use', async () => {
  const upload = await desk.open('video', video.length)
  const url = local(upload.uploadUrl)
  for (let round = 0; round < 3; round += 1) {
    const answer = await fetch(url, {
      method: 'PUT',
      body: video.slice(1000),
      headers: { 'content-range': `bytes 1000-${video.length - 1}/${video.length}` },
    })
    expect([answer.status, answer.headers.get('range')]).toEqual([308, null])
  }
  expect((await fetch(url, { method: 'PUT', body: video })).status).toBe(200)
  const { media } = await desk.read(upload.id)
  const part = await fetch(local(media?.url ?? null), { headers: { range: 'bytes=10-19' } })
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10])
})

test('a player that goes away in the middle of a file does no harm', async () => {
  const { media } = await desk.upload('video', video)
  for (let round = 0; round < 5; round += 1) {
    const watching = new AbortController()
    const answer = await fetch(local(media?.url ?? null), { signal: watching.signal })
    await answer.body?.getReader().read()
    watching.abort()
  }
  expect((await fetch(local(media?.url ?? null))).status).toBe(200)
  expect(desk.stage.logged.filter(({ level }) => level === 'error')).toEqual([])
})
