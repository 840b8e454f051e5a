import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'

export interface Listener {
  /** Such as `http://localhost:4000`. */
  url: string
  close(): Promise<void>
}

export type FetchHandler = (request: Request) => Response | Promise<Response>

/** Serves on this machine alone. */
export const listen = async (handler: FetchHandler, port: number): Promise<Listener> => {
  const server = createAdaptorServer({ fetch: handler })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        if ('closeIdleConnections' in server) server.closeIdleConnections()
        // A browser may keep a connection busy for ever; what runs gets two seconds.
        setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2_000).unref()
      }),
  }
}
