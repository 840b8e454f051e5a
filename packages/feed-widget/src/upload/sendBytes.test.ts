import { afterEach, expect, it, vi } from 'vitest'
import { sendBytes } from './sendBytes.ts'

const unit = 262_144

interface Server {
  /** How long it takes for a byte, in ms. */
  msPerByte?: number
  /** What it has from the start. */
  received?: number
  /** Answers instead of taking the part. */
  instead?: (part: number) => Response | undefined
}

let now = 0
let ranges: string[] = []

/** An address that takes what comes at the right place, and says what it has. */
const serve = ({ msPerByte = 0, received = 0, instead = () => undefined }: Server = {}) => {
  now = 0
  ranges = []
  let part = 0
  vi.stubGlobal(
    'fetch',
    async (_: string, { headers, body }: { headers: Record<string, string>; body: Blob | null }) => {
      const range = headers['Content-Range'] ?? ''
      ranges.push(range.replace('bytes ', ''))
      const forced = instead(part++)
      if (forced) return forced
      const [, start, total] = /^bytes (\d+|\*)(?:-\d+)?\/(\d+)$/.exec(range) ?? []
      now += (body?.size ?? 0) * msPerByte
      if (Number(start) === received) received += body?.size ?? 0
      if (received === Number(total)) return new Response(null, { status: 200 })
      return new Response(null, { status: 308, headers: received > 0 ? { Range: `bytes=0-${received - 1}` } : {} })
    },
  )
}

const send = (byteLength: number, isBegun = false) => {
  const progress: number[] = []
  const done = sendBytes({
    url: 'https://media.example/1',
    blob: new Blob([new Uint8Array(byteLength)]),
    isBegun,
    signal: new AbortController().signal,
    onProgress: sent => progress.push(sent),
    now: () => now,
  })
  return { done, progress }
}

const sizes = () =>
  ranges.map(range => {
    const [, from = 0, to = 0] = /^(\d+)-(\d+)/.exec(range) ?? []
    return (Number(to) + 1 - Number(from)) / unit
  })

afterEach(() => vi.unstubAllGlobals())

it('sends a small file in one part and tells how far it is', async () => {
  serve()
  const { done, progress } = send(1000)
  await done
  expect(ranges).toEqual(['0-999/1000'])
  expect(progress).toEqual([0, 1000])
})

it('makes parts that take a second: larger ones where they go fast, never more than 8 MB', async () => {
  serve()
  await send(80 * unit).done
  expect(sizes().slice(0, -1)).toEqual([1, 4, 16, 30])
  expect(Math.max(...sizes()) * unit).toBeLessThan(8_000_000)
  // 2 MB in a second.
  serve({ msPerByte: 1000 / (8 * unit) })
  await send(40 * unit).done
  expect(sizes().slice(0, 4)).toEqual([1, 4, 8, 8])
})

it('asks how far it is where some may be there already, and goes on from the answer', async () => {
  serve({ received: unit })
  const { done, progress } = send(unit + 10, true)
  await done
  expect(ranges).toEqual([`*/${unit + 10}`, `${unit}-${unit + 9}/${unit + 10}`])
  expect(progress).toEqual([unit, unit + 10])
})

it('goes by what the server has, not by what was sent', async () => {
  serve({ received: 100, instead: part => (part === 0 ? new Response(null, { status: 308 }) : undefined) })
  await send(1000).done
  expect(ranges.slice(0, 3)).toEqual(['0-999/1000', '0-999/1000', '100-999/1000'])
})

it('gives up after three parts without progress', async () => {
  serve({ instead: () => new Response(null, { status: 308 }) })
  await expect(send(1000).done).rejects.toMatchObject({ code: 'network', retryable: true })
  expect(ranges).toHaveLength(3)
})

it.each([
  [404, 'not_found', false],
  [413, 'payload_too_large', false],
  [503, 'network', true],
  [429, 'rate_limited', true],
])('names what the server answers: %i is %s', async (status, code, retryable) => {
  serve({ instead: () => new Response(null, { status, headers: { 'Retry-After': '7' } }) })
  await expect(send(10).done).rejects.toMatchObject({ code, retryable, retryAfterMs: 7000 })
})
