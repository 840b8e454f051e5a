import { type EventHandlers, EventParser } from './EventParser.ts'

/** The server says something at least every 15 s. */
const silenceMs = 40_000

/** Reads the stream until it ends. Rejects where it breaks, is aborted, or says nothing for too long. */
export const readEvents = async (
  body: ReadableStream<Uint8Array>,
  handlers: EventHandlers,
  signal: AbortSignal,
): Promise<void> => {
  const parser = new EventParser(handlers)
  const decoder = new TextDecoder()
  const reader = body.getReader()
  const leave = () => void reader.cancel().catch(() => {})
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSilent = false
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      isSilent = true
      leave()
    }, silenceMs)
  }
  signal.addEventListener('abort', leave)
  try {
    wait()
    for (;;) {
      signal.throwIfAborted()
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (isSilent) throw new Error('The live stream fell silent.')
      if (done) return
      wait()
      parser.push(decoder.decode(value, { stream: true }))
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', leave)
    leave()
  }
}
