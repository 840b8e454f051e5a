import { type LiveMessage, liveMessage } from '@venuekit/core/contracts'

interface Heard {
  id: string
  message: LiveMessage
}

/** A reader of the live stream as a test has it; `fetch` is the global one, or a kit's. */
export interface LiveReader {
  readonly status: number
  readonly headers: Headers
  readonly heard: Heard[]
  readonly text: () => string
  /** Where the next reader may resume. */
  readonly lastId: () => string
  /** Texts of posts heard so far, in order. */
  texts(): string[]
  /** Resolves once that is so; rejects when the stream ends before. */
  until(isSo: (reader: LiveReader) => boolean): Promise<void>
  /** Resolves when the stream ends, whoever ended it. */
  readonly ended: Promise<void>
  abort(): void
}

const parse = (block: string): Heard | null => {
  const fields = new Map(
    block.split('\n').flatMap(line => {
      const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [[name, value ?? ''] as const]
    }),
  )
  const data = fields.get('data')
  if (data === undefined) return null
  const message = liveMessage.parse(JSON.parse(data))
  if (message.type !== fields.get('event')) throw new Error(`event is ${fields.get('event')}, not ${message.type}`)
  return { id: fields.get('id') ?? '', message }
}

/** Opens a stream and reads all of it. */
export const openLiveReader = async (
  request: Request,
  fetch: (request: Request) => Promise<Response> = globalThis.fetch,
): Promise<LiveReader> => {
  const controller = new AbortController()
  const answer = await fetch(new Request(request, { signal: controller.signal }))
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  let text = ''
  let at = 0
  const body = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = (await body?.read()) ?? { done: true, value: '' }
      if (done) return
      text += value
      for (let end = text.indexOf('\n\n', at); end >= 0; end = text.indexOf('\n\n', at)) {
        const found = parse(text.slice(at, end))
        if (found) heard.push(found)
        at = end + 2
      }
      for (const look of [...waiting]) look()
    }
  }
  const ended = read().catch(() => {})
  const reader: LiveReader = {
    status: answer.status,
    headers: answer.headers,
    heard,
    text: () => text,
    lastId: () => [...text.slice(0, at).matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '',
    texts: () => heard.flatMap(({ message }) => (message.type === 'post' ? [message.post.text] : [])),
    until: isSo =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!isSo(reader)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        void ended.then(() => reject(new Error(`the stream ended after ${text}`)))
        look()
      }),
    ended,
    abort: () => {
      controller.abort()
      void body?.cancel().catch(() => {})
    },
  }
  return reader
}
