import { once } from 'node:events'
import { type AddressInfo, createServer, connect as openSocket, type Socket } from 'node:net'

export interface TransactionPooler {
  port: number
  close(): Promise<void>
}

const sslRequest = 80_877_103
const authenticated = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0])
const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])
const [readyForQuery, terminate, idle] = [0x5a, 0x58, 0x49]

/** One server connection, and whoever has it now. */
interface Backend {
  socket: Socket
  onReady(status: number): void
  onData(chunk: Buffer): void
}

/** Tells each ReadyForQuery of a stream of messages, its status with it. */
const readyWatch = (tell: (status: number) => void) => {
  let rest = Buffer.alloc(0)
  return (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 5) {
      const length = rest.readUInt32BE(1) + 1
      if (rest.length < length) return
      if (rest[0] === readyForQuery) tell(rest[5] ?? 0)
      rest = rest.subarray(length)
    }
  }
}

/**
 * What PgBouncer and its like do, in a hundred lines: a client keeps a server connection for a transaction and no
 * longer (`statement`: not even for that). Speaks to a Postgres that trusts everybody.
 */
export const startTransactionPooler = async (
  postgresPort: number,
  { mode = 'transaction' }: { mode?: 'transaction' | 'statement' } = {},
): Promise<TransactionPooler> => {
  const free = new Map<string, Backend[]>()
  const sockets = new Set<Socket>()

  const openBackend = async (startup: Buffer): Promise<Backend> => {
    const socket = openSocket(postgresPort, '127.0.0.1')
    sockets.add(socket)
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.write(startup)
    const backend: Backend = { socket, onReady: () => {}, onData: () => {} }
    await new Promise<void>(resolve => {
      backend.onReady = () => resolve()
      const watch = readyWatch(status => backend.onReady(status))
      socket.on('data', (chunk: Buffer) => {
        backend.onData(chunk)
        watch(chunk)
      })
    })
    return backend
  }

  const serveClient = (client: Socket, startup: Buffer): void => {
    const key = startup.toString('latin1')
    let backend: Backend | null = null
    let acquiring = false
    let waiting: Buffer[] = []

    const release = (status: number): void => {
      if (!backend || (status !== idle && mode === 'transaction')) return
      backend.onData = () => {}
      const list = free.get(key) ?? []
      list.push(backend)
      free.set(key, list)
      backend = null
    }
    const pump = async (): Promise<void> => {
      if (acquiring) return
      if (!backend) {
        acquiring = true
        const taken = free.get(key)?.pop() ?? (await openBackend(startup))
        acquiring = false
        taken.onData = chunk => client.write(chunk)
        taken.onReady = release
        backend = taken
      }
      for (const chunk of waiting) backend.socket.write(chunk)
      waiting = []
    }
    client.write(Buffer.concat([authenticated, ready]))
    client.on('data', (chunk: Buffer) => {
      if (chunk[0] === terminate) return
      waiting.push(chunk)
      void pump()
    })
  }

  const server = createServer(client => {
    sockets.add(client)
    client.on('error', () => {})
    client.once('data', function begin(first: Buffer) {
      if (first.readUInt32BE(4) === sslRequest) {
        client.write('N')
        client.once('data', begin)
        return
      }
      serveClient(client, first)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
