import { connect, createServer, type Socket } from 'node:net'

/** How the wire behaves from now on. */
type Wire = 'open' | 'cut_after_commit' | 'blackhole' | 'paused'

export interface TcpProxy {
  port: number
  /** `cut_after_commit` strikes once, at the next answer: the server has committed, the client never hears of it. */
  set(wire: Wire): void
  close(): Promise<void>
}

/** Stands between a client and a server on this machine, and lets the connection break in the ways that networks do. */
export const startTcpProxy = async (target: number): Promise<TcpProxy> => {
  let wire: Wire = 'open'
  const sockets = new Set<Socket>()
  const paused: (() => void)[] = []
  const forward = (to: Socket, chunk: string | Buffer) => {
    if (wire === 'blackhole') return
    if (wire === 'paused') paused.push(() => void to.write(chunk))
    else to.write(chunk)
  }
  const server = createServer(client => {
    const upstream = connect(target, '127.0.0.1')
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    client.on('data', chunk => forward(upstream, chunk))
    upstream.on('data', chunk => {
      if (wire !== 'cut_after_commit') return forward(client, chunk)
      wire = 'open'
      client.resetAndDestroy()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    port: address.port,
    set(next) {
      wire = next
      if (next === 'open') for (const send of paused.splice(0)) send()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
