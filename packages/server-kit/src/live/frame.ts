import type { LiveMessage } from '@venuekit/core/contracts'

const encoder = new TextEncoder()

/** One server-sent event. A message without a cursor leaves its reader where they stand. */
export const messageFrame = (message: LiveMessage, cursor: string | null): Uint8Array =>
  encoder.encode(
    `${cursor === null ? '' : `id: ${cursor}\n`}event: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`,
  )

/** Shows what stands between that the connection lives, and tells from where to go on; no event comes of it. */
export const pingFrame = (cursor: string): Uint8Array => encoder.encode(`:\nid: ${cursor}\n\n`)

/** How long to wait before coming again, in ms. */
export const retryFrame = (retryMs: number): Uint8Array => encoder.encode(`retry: ${Math.round(retryMs)}\n\n`)
