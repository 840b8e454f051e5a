import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { DemoError } from './demoError.ts'

export interface Listener {
  /** Such as `http://localhost:4000`. */
  url: string
  close(): Promise<void>
}

export type FetchHandler = (request: Request) => Response | Promise<Response>

/** Serves on this machine alone. `setting` names what changes the port. */
export const listen = async (handler: FetchHandler, port: number, setting: string): Promise<Listener> => {
  const server = createAdaptorServer({ fetch: handler })
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(portError(error, port, setting)))
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

export const portError = (error: Error, port: number, setting: string): Error => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new DemoError(`Port ${port} is taken: end what listens there or set ${setting}.`)
  if (code === 'EACCES') return new DemoError(`Port ${port} may not be used by this user: set ${setting} to another.`)
  return error
}
