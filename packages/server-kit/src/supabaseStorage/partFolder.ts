import type { ReceivedPart, UploadPart } from '../ports/mediaBytes.ts'
import { fromBase64url, toBase64url } from '../services/base64url.ts'
import type { Bucket, StoredObject } from './bucket.ts'

const dayMs = 86_400_000
/** A function that is ended loses at most this much of what it was receiving, and holds no more of it. */
const segmentBytes = 4_194_304
/** Older than any address of an upload, a day, and than any work on one. */
const keptDays = 2

const marker = 'begun'
const octets = { contentType: 'application/octet-stream' }

/** Two bytes of the day and fourteen by chance: the day is the folder, so that old ones are found by one listing. */
export const newStoreKey = (now: number): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  new DataView(bytes.buffer).setUint16(0, Math.floor(now / dayMs))
  return toBase64url(bytes)
}

const folderOf = (storeKey: string): string => {
  const bytes = fromBase64url(storeKey)
  if (bytes?.length !== 16) throw new Error('no key of an upload of this store')
  return `${new DataView(bytes.buffer, bytes.byteOffset).getUint16(0)}/${storeKey}`
}

const segmentName = (start: number): string => String(start).padStart(12, '0')

interface Segments {
  names: string[]
  receivedBytes: number
}

/** Those that follow each other from the first byte on; null where the upload is gone. */
const toSegments = (objects: readonly StoredObject[]): Segments | null => {
  const lengths = new Map(objects.map(({ name, byteLength }) => [name, byteLength]))
  if (!lengths.has(marker)) return null
  const names: string[] = []
  let receivedBytes = 0
  for (;;) {
    const name = segmentName(receivedBytes)
    const length = lengths.get(name) ?? 0
    if (length === 0) return { names, receivedBytes }
    names.push(name)
    receivedBytes += length
  }
}

const join = (chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(length)
  let place = 0
  for (const chunk of chunks) {
    whole.set(chunk, place)
    place += chunk.length
  }
  return whole
}

/** The parts of uploads, each an object of its own in a bucket that nobody else reads. */
export const openPartFolder = (bucket: Bucket) => {
  const readSegments = async (storeKey: string) => toSegments(await bucket.list(folderOf(storeKey)))

  /** Writes what comes, a segment at a time. True where more came than was announced: none of that is kept. */
  const writeSegments = async (storeKey: string, { start, length, body }: UploadPart): Promise<boolean> => {
    let place = start
    let chunks: Uint8Array[] = []
    let held = 0
    const keep = async (): Promise<boolean> => {
      const bytes = join(chunks, held)
      const isFirst = held === 0 || (await bucket.put(`${folderOf(storeKey)}/${segmentName(place)}`, bytes, octets))
      place += held
      chunks = []
      held = 0
      return isFirst
    }
    const reader = body.getReader()
    try {
      for (;;) {
        const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }) as const)
        if (done || value === undefined) {
          await keep()
          return false
        }
        if (place + held + value.length > start + length) return true
        chunks.push(value)
        held += value.length
        // Another part was first at this place: what follows it is that one's.
        if (held >= segmentBytes && !(await keep())) return false
      }
    } finally {
      reader.releaseLock()
    }
  }
  return {
    async begin(storeKey: string): Promise<void> {
      await bucket.put(`${folderOf(storeKey)}/${marker}`, new Uint8Array([1]), octets)
    },
    async countReceived(storeKey: string): Promise<number | null> {
      return (await readSegments(storeKey))?.receivedBytes ?? null
    },
    async receive(storeKey: string, part: UploadPart): Promise<ReceivedPart> {
      const isTooLong = await writeSegments(storeKey, part)
      const segments = await readSegments(storeKey)
      if (!segments) return { outcome: 'gone' }
      return { outcome: isTooLong ? 'too_long' : 'received', receivedBytes: segments.receivedBytes }
    },
    /** The whole file; null where a part went meanwhile. */
    async assemble(storeKey: string): Promise<Uint8Array<ArrayBuffer> | null> {
      const segments = await readSegments(storeKey)
      if (!segments) return null
      const chunks = await Promise.all(segments.names.map(name => bucket.read(`${folderOf(storeKey)}/${name}`)))
      if (!chunks.every(chunk => chunk !== null)) return null
      return join(chunks, segments.receivedBytes)
    },
    async remove(storeKey: string): Promise<void> {
      const objects = await bucket.list(folderOf(storeKey))
      await bucket.remove(objects.map(({ name }) => `${folderOf(storeKey)}/${name}`))
    },
    /** Clears what uploads of days gone left. */
    async sweep(now: number): Promise<void> {
      const oldest = Math.floor(now / dayMs) - keptDays
      const days = (await bucket.list('')).filter(({ name }) => /^\d+$/.test(name) && Number(name) < oldest)
      for (const { name: day } of days) {
        for (const { name: storeKey } of await bucket.list(day)) await this.remove(storeKey)
      }
    },
  }
}

export type PartFolder = ReturnType<typeof openPartFolder>
