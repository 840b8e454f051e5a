import { connect } from 'node:net'
import type { SqlCall } from '../../packages/server-kit/src/adapters/sqlCall.ts'
import {
  bindMessage,
  errorText,
  firstColumn,
  parseMessage,
  runMessage,
  splitMessages,
  startupMessage,
} from './wireMessage.ts'

/** One connection, one call at a time. */
export interface WireConnection {
  /** Answers the one column of the one row, as text. */
  run(call: SqlCall): Promise<string>
  close(): void
}

interface Waiting {
  resolve(row: string): void
  reject(error: Error): void
}

/** Connects without a password, as the benchmark's own Postgres lets everybody in. */
export const openWireConnection = async (url: string): Promise<WireConnection> => {
  const { hostname, port, username, pathname } = new URL(url)
  const socket = connect(Number(port), hostname).setNoDelay(true)
  let unread: Buffer = Buffer.alloc(0)
  let waiting: Waiting | undefined
  let row = ''
  let error: Error | undefined
  const settle = (): void => {
    const { resolve, reject } = waiting ?? {}
    waiting = undefined
    if (error) reject?.(error)
    else resolve?.(row)
    error = undefined
  }
  const onMessage: Record<string, (body: Buffer) => void> = {
    D: body => {
      row = firstColumn(body)
    },
    E: body => {
      error = new Error(errorText(body))
    },
    R: body => {
      if (body.readInt32BE(0) !== 0) socket.destroy(new Error('this Postgres asks for a password'))
    },
    Z: settle,
  }
  socket.on('data', (chunk: Buffer) => {
    const { messages, rest } = splitMessages(unread.length > 0 ? Buffer.concat([unread, chunk]) : chunk)
    unread = rest
    for (const { type, body } of messages) onMessage[type]?.(body)
  })
  socket.on('error', broken => {
    error = broken
  })
  socket.on('close', () => {
    error ??= new Error('Postgres closed the connection')
    settle()
  })
  const send = (messages: readonly Buffer[]): Promise<string> =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject }
      socket.write(Buffer.concat(messages))
    })
  await send([startupMessage({ user: username, database: pathname.slice(1) })])

  const names = new Map<string, string>()
  return {
    run({ text, values }) {
      const parts: Buffer[] = []
      let name = names.get(text)
      if (name === undefined) {
        name = `call_${names.size}`
        names.set(text, name)
        parts.push(parseMessage(name, text))
      }
      const texts = values.map(value => (value === null ? null : String(value)))
      return send([...parts, bindMessage(name, texts), runMessage])
    },
    close() {
      socket.end(Buffer.from([0x58, 0, 0, 0, 4]))
    },
  }
}
