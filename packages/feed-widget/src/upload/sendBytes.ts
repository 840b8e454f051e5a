import { VenueKitError } from '@venuekit/core'
import { putBytes, type Received } from './putBytes.ts'

/** Parts are whole multiples of it, but for the last one. */
const unitBytes = 262_144
/** 7.9 MB. */
const mostUnits = 30
/** A part that takes about so long shows progress, and little is lost with it. */
const partMs = 1_000

interface Sending {
  url: string
  blob: Blob
  /** True where some of it may be there already. */
  isBegun: boolean
  signal: AbortSignal
  /** How many bytes are safe. */
  onProgress(sentBytes: number): void
  /** A clock in ms. */
  now(): number
}

/** Sends what the address does not have yet, part by part. Throws `VenueKitError`; then it can be called again. */
export const sendBytes = async ({ url, blob, isBegun, signal, onProgress, now }: Sending): Promise<void> => {
  const put = (range: { start: number; end: number } | null) => putBytes({ url, blob, range, signal })
  let received: Received = isBegun ? await put(null) : { isWhole: false, bytes: 0 }
  let units = 1
  for (let standstills = 0; !received.isWhole; ) {
    const start: number = received.bytes
    onProgress(start)
    const begunAt = now()
    received = await put({ start, end: Math.min(start + units * unitBytes, blob.size) })
    standstills = received.isWhole || received.bytes > start ? 0 : standstills + 1
    if (standstills === 3) throw stuckAt(start)
    units = nextUnits(units, now() - begunAt)
  }
  onProgress(blob.size)
}

const nextUnits = (units: number, tookMs: number): number => {
  const fitting = Math.floor((units * partMs) / Math.max(1, tookMs))
  return Math.max(1, Math.min(mostUnits, units * 4, fitting))
}

const stuckAt = (bytes: number): VenueKitError =>
  new VenueKitError({
    request: '[PUT] an upload',
    code: 'network',
    status: 308,
    title: 'The upload does not get on',
    detail: `it stands at ${bytes} bytes after three parts`,
    retryable: true,
  })
