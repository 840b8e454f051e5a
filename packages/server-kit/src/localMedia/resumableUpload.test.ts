import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MediaDesk, openMediaDesk } from '../testing/mediaDesk.ts'
import { samplePng } from '../testing/sampleImages.ts'
import { localMedia } from './index.ts'

let desk: MediaDesk
beforeAll(async () => {
  desk = await openMediaDesk()
}, 60_000)
afterAll(() => desk.close())

const picture = samplePng(300, 200)
const total = picture.length
const range = (start: number, end: number, of: number | string = total): string => `bytes ${start}-${end - 1}/${of}`
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const readStored = async (url: string | null | undefined): Promise<Uint8Array> =>
  new Uint8Array(await (await desk.fetch(url)).arrayBuffer())

/** A body that breaks after these bytes, as a lost connection does. */
const broken = (bytes: Uint8Array): ReadableStream<Uint8Array> => {
  let sent = false
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new Error('connection reset'))
      else controller.enqueue(bytes)
      sent = true
    },
  })
}

test('a file sent in parts is the same file, and each answer says how far it is', async () => {
  const upload = await desk.open('image', total, { contentType: 'image/png' })
  const first = await desk.put(upload, picture.slice(0, 100), range(0, 100))
  expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-99'])
  const second = await desk.put(upload, picture.slice(100, 250), range(100, 250, '*'))
  expect([second.status, second.headers.get('range')]).toEqual([308, 'bytes=0-249'])
  expect((await desk.put(upload, picture.slice(250), range(250, total))).status).toBe(200)
  const ready = await desk.read(upload.id)
  expect(ready).toMatchObject({ status: 'ready', receivedBytes: total, uploadUrl: null })
  expect(ready.media).toMatchObject({ kind: 'image', status: 'ready', width: 300, height: 200, durationMs: null })
  expect(sha(await readStored(ready.media?.url))).toBe(sha(picture))
})

test('an empty PUT asks how far it is, at the start, on the way and at the end', async () => {
  const upload = await desk.open('image', total)
  const ask = async (): Promise<[number, string | null]> => {
    const answer = await desk.put(upload, null, `bytes */${total}`)
    return [answer.status, answer.headers.get('range')]
  }
  expect(await ask()).toEqual([308, null])
  await desk.put(upload, picture.slice(0, 40), range(0, 40))
  expect(await ask()).toEqual([308, 'bytes=0-39'])
  await desk.put(upload, picture.slice(40), range(40, total))
  expect(await ask()).toEqual([200, null])
})

test('a part at a wrong place is not taken; the answer says where the next one begins', async () => {
  const upload = await desk.open('image', total)
  await desk.put(upload, picture.slice(0, 50), range(0, 50))
  for (const [start, end] of [
    [60, 90],
    [0, 50],
    [49, 80],
  ] as const) {
    const answer = await desk.put(upload, picture.slice(start, end), range(start, end))
    expect([answer.status, answer.headers.get('range')]).toEqual([308, 'bytes=0-49'])
  }
  await desk.put(upload, picture.slice(50), range(50, total))
  expect(sha(await readStored((await desk.read(upload.id)).media?.url))).toBe(sha(picture))
})

test('what came before a lost connection stays, and the rest follows it', async () => {
  const upload = await desk.open('image', total)
  const lost = await desk.put(upload, broken(picture.slice(0, 123)))
  expect([lost.status, lost.headers.get('range')]).toEqual([308, 'bytes=0-122'])
  await desk.put(upload, picture.slice(123), range(123, total))
  expect(await desk.read(upload.id)).toMatchObject({ status: 'ready' })
})

test('more bytes than announced are refused, and none of them kept', async () => {
  const upload = await desk.open('image', total)
  const more = new Uint8Array(total + 1)
  const answer = await desk.put(upload, more)
  expect(answer.status).toBe(413)
  expect(await desk.read(upload.id)).toMatchObject({ status: 'waiting', receivedBytes: 0 })
  expect((await desk.put(upload, picture)).status).toBe(200)
})

test.each([
  ['bytes 0-9/5'],
  ['bytes 9-0/*'],
  [`bytes 0-9/${total + 1}`],
  [`bytes 0-${total}/*`],
  ['items 0-9/10'],
  ['bytes 0-9'],
])('a Content-Range of %s is refused', async header => {
  const upload = await desk.open('image', total)
  expect((await desk.put(upload, picture.slice(0, 10), header)).status).toBe(400)
  await desk.stage.call('DELETE', `/v1/uploads/${upload.id}`, { bearer: 'viewer:ada' })
})

test('the same file sent by several at once arrives as one file', async () => {
  const upload = await desk.open('image', total)
  const answers = await Promise.all(
    [0, 1, 2, 3].map(() => desk.put(upload, new Blob([picture]).stream() as ReadableStream<Uint8Array>)),
  )
  expect(answers.some(({ status }) => status === 200)).toBe(true)
  const ready = await desk.read(upload.id)
  expect(sha(await readStored(ready.media?.url))).toBe(sha(picture))
})

test('a slow part that finds its place taken gives way to the one that was first', async () => {
  const upload = await desk.open('image', total)
  let finish = (): void => {}
  const slowBody = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(120))
      finish = () => {
        controller.enqueue(new Uint8Array(80))
        controller.close()
      }
    },
  })
  const slow = desk.put(upload, slowBody, range(0, 200))
  await expect
    .poll(async () => (await desk.files()).some(path => path.includes('draft-') && !path.includes('dead')))
    .toBe(true)
  await desk.put(upload, picture.slice(0, 100), range(0, 100))
  finish()
  const answer = await slow
  expect([answer.status, answer.headers.get('range')]).toEqual([308, 'bytes=0-99'])
  await desk.put(upload, picture.slice(100), range(100, total))
  expect(sha(await readStored((await desk.read(upload.id)).media?.url))).toBe(sha(picture))
})

test('another process resumes what a killed one left: drafts that were never safe do not count', async () => {
  const upload = await desk.open('image', total)
  await desk.put(upload, picture.slice(0, 77), range(0, 77))
  const segments = (await desk.files()).filter(path => path.endsWith('/000000000000000'))
  const folder = join(desk.folder, segments[segments.length - 1] ?? '', '..')
  await writeFile(join(folder, 'draft-of-the-dead'), picture.slice(77, 200))
  const { storeKey } = /uploads\/(?<storeKey>[\w-]{22})/.exec(upload.uploadUrl ?? '')?.groups ?? {}
  const other = localMedia({
    folder: desk.folder,
    publicUrl: 'http://kit.test',
    secret: 'upload address secret of the tests!',
  })
  expect(await other.inspect({ storeKey: storeKey ?? '', kind: 'image', byteLength: total })).toEqual({
    status: 'waiting',
    receivedBytes: 77,
  })
  await desk.put(upload, picture.slice(77), range(77, total))
  expect(await desk.read(upload.id)).toMatchObject({ status: 'ready' })
})

test('an address works as it was signed and no other way', async () => {
  const upload = await desk.open('image', total)
  const url = upload.uploadUrl ?? ''
  const [, , expiresAt = ''] = url.split('/uploads/')[1]?.split('.') ?? []
  const forged = [
    url.replace(`.${total}.`, `.${total + 1}.`),
    url.replace(expiresAt, String(Number(expiresAt) + 1)),
    url.slice(0, -1) + (url.endsWith('A') ? 'B' : 'A'),
    `${url.slice(0, url.lastIndexOf('.'))}.`,
  ]
  for (const address of forged) {
    expect((await desk.fetch(address, { method: 'PUT', body: picture })).status).toBe(404)
  }
})

test('an address ends after a day', async () => {
  let now = Date.now()
  const store = localMedia({
    folder: desk.folder,
    publicUrl: 'http://kit.test',
    secret: 'another secret for addresses of uploads',
    clock: () => now,
  })
  const opened = await store.open({
    uploadId: crypto.randomUUID(),
    kind: 'image',
    contentType: 'image/png',
    byteLength: 9,
    origin: null,
  })
  const token = opened.uploadUrl.split('/').pop() ?? ''
  expect(await store.bytes?.address(token)).toEqual({ storeKey: opened.storeKey, byteLength: 9 })
  now += 86_400_001
  expect(await store.bytes?.address(token)).toBeNull()
  await store.remove(opened.storeKey)
})

test('a page of another origin may send parts and read how far they are', async () => {
  const upload = await desk.open('image', total)
  const preflight = await desk.fetch(upload.uploadUrl, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://venue.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-range,content-type',
    },
  })
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
  expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('content-range')
  const answer = await desk.put(upload, picture.slice(0, 10), range(0, 10))
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('access-control-expose-headers')).toContain('Range')
})

test('a folder holds nothing of what was uploaded but the file that is shown', async () => {
  const ready = await desk.upload('image', picture)
  const name = ready.media?.url?.split('/').pop() ?? ''
  expect(sha(await readFile(join(desk.folder, 'files', name)))).toBe(sha(picture))
  expect((await desk.files()).filter(path => path.includes(name.slice(0, 22)))).toEqual([`files/${name}`])
})
