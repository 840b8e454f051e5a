/** Messages of the Postgres wire protocol, version 3, as far as calls of functions need them. */

const headBytes = 5

/** A message with its head written and room for its body. */
const makeMessage = (type: string, bodyBytes: number): Buffer => {
  const message = Buffer.allocUnsafe(headBytes + bodyBytes)
  message.write(type, 0, 'latin1')
  message.writeInt32BE(bodyBytes + 4, 1)
  return message
}

const writeText = (message: Buffer, text: string, at: number): number =>
  message.writeUInt8(0, at + message.write(text, at))

export const startupMessage = (settings: Record<string, string>): Buffer => {
  const body = `${Object.entries(settings)
    .map(([name, value]) => `${name}\0${value}\0`)
    .join('')}\0`
  const message = Buffer.alloc(8 + Buffer.byteLength(body))
  message.writeInt32BE(message.length, 0)
  message.writeInt32BE(3 << 16, 4)
  message.write(body, 8)
  return message
}

/** Prepares a statement under a name; its parameters' types are the server's to tell. */
export const parseMessage = (name: string, text: string): Buffer => {
  const message = makeMessage('P', Buffer.byteLength(name) + Buffer.byteLength(text) + 4)
  message.writeInt16BE(0, writeText(message, text, writeText(message, name, headBytes)))
  return message
}

/** Binds values as text to a prepared statement. */
export const bindMessage = (name: string, values: readonly (string | null)[]): Buffer => {
  let bytes = 1 + Buffer.byteLength(name) + 1 + 2 + 2 + 2
  const lengths = values.map(value => (value === null ? -1 : Buffer.byteLength(value)))
  for (const length of lengths) bytes += 4 + Math.max(0, length)
  const message = makeMessage('B', bytes)
  let place = writeText(message, name, writeText(message, '', headBytes))
  place = message.writeInt16BE(0, place)
  place = message.writeInt16BE(values.length, place)
  values.forEach((value, index) => {
    place = message.writeInt32BE(lengths[index] ?? -1, place)
    if (value !== null) place += message.write(value, place)
  })
  message.writeInt16BE(0, place)
  return message
}

/** Runs what is bound, and ends the transaction. */
export const runMessage = Buffer.concat([
  Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0]),
  Buffer.from([0x53, 0, 0, 0, 4]),
])

export interface ServerMessage {
  type: string
  body: Buffer
}

/** Takes whole messages off the front of what came; what is left waits for more. */
export const splitMessages = (bytes: Buffer): { messages: ServerMessage[]; rest: Buffer } => {
  const messages: ServerMessage[] = []
  let at = 0
  while (bytes.length - at >= headBytes) {
    const end = at + 1 + bytes.readInt32BE(at + 1)
    if (end > bytes.length) break
    messages.push({ type: String.fromCharCode(bytes[at] ?? 0), body: bytes.subarray(at + headBytes, end) })
    at = end
  }
  return { messages, rest: bytes.subarray(at) }
}

/** The one column of a row, as text. */
export const firstColumn = (body: Buffer): string => body.toString('utf8', 6, 6 + body.readInt32BE(2))

/** What an error says, without its codes and places. */
export const errorText = (body: Buffer): string =>
  body
    .toString('utf8')
    .split('\0')
    .find(field => field.startsWith('M'))
    ?.slice(1) ?? 'an error without a message'
