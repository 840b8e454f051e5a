import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import type { ServerKit } from '../createServerKit.ts'
import { ServeError } from './serveError.ts'

export interface ServeOptions {
  kit: ServerKit
  /** 0 takes a free one. */
  port: number
  /** The address to listen on; every one by default. */
  host?: string
  /** Runs the jobs in this process; true by default. */
  jobs?: boolean
  /** Ends gracefully on SIGTERM and SIGINT, then exits with 0; true by default. */
  signals?: boolean
  /** How long requests under way may take at the end; 10 by default. */
  drainSeconds?: number
  /** How long it serves on while it says that it is not ready, so that a balancer takes it out first; 0 by default. */
  noticeSeconds?: number
}

export interface RunningServer {
  readonly port: number
  /** Takes no new connection, lets requests and jobs under way end, closes the kit. */
  close(): Promise<void>
}

const mends: Record<string, string> = {
  EADDRINUSE: 'is taken: stop the other process or choose another port',
  EACCES: 'may not be opened: choose a port from 1024 up',
  EADDRNOTAVAIL: 'has no such address on this machine: check the host',
}

const listen = (server: Server, { port, host }: ServeOptions): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const place = `Port ${port}${host ? ` on ${host}` : ''}`
      reject(new ServeError(`${place} ${mends[error.code ?? ''] ?? `cannot be opened: ${error.message}`}.`, error))
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })

/** A kept-alive connection that falls idle after the close would hold the server up until its client lets go. */
const sweepMs = 50

const closeServer = (kit: ServerKit, server: Server, drainSeconds: number): Promise<void> =>
  new Promise(resolve => {
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMs)
    const force = setTimeout(() => server.closeAllConnections(), drainSeconds * 1000)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
    kit.endStreams()
  })

/**
 * Serves the kit on Node. Rejects with `ConfigurationError` where its secrets do not fit together, and with `ServeError`,
 * one line, where the port cannot be had.
 */
export const serve = async (options: ServeOptions): Promise<RunningServer> => {
  const { kit, jobs = true, signals = true, drainSeconds = 10, noticeSeconds = 0 } = options
  await kit.checkSecrets()
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => {
      const clientAddress = incoming.socket.remoteAddress
      return kit.fetch(request, clientAddress === undefined ? {} : { clientAddress })
    },
  }) as Server
  const port = await listen(server, options)
  if (jobs) kit.jobs.start()

  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    kit.beginDraining()
    closing ??= delay(noticeSeconds * 1000)
      .then(() => closeServer(kit, server, drainSeconds))
      .then(() => kit.close())
    return closing
  }
  const end = (): void => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  if (signals) for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end)
  return {
    port,
    async close() {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.off(signal, end)
      await close()
    },
  }
}
