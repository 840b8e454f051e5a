import { createServer, type Server } from 'node:net'
import { DemoError } from './demoError.ts'

const mends: Record<string, string> = {
  EADDRINUSE: 'is taken: end what listens there',
  EACCES: 'may not be used by this user: take one from 1024 up',
}

/**
 * The ports if they are free, and free ones for 0; `settings` names what chooses others. All are claimed before
 * anything starts, so that a taken one costs a line and no waiting, and addresses are known from the first.
 */
export const claimPorts = async <Name extends string>(
  ports: Record<Name, number>,
  settings: Record<Name, string>,
): Promise<Record<Name, number>> => {
  const held: Server[] = []
  try {
    const claimed = { ...ports }
    for (const name of Object.keys(ports) as Name[]) claimed[name] = await hold(ports[name], settings[name], held)
    return claimed
  } finally {
    await Promise.all(held.map(server => new Promise(resolve => server.close(resolve))))
  }
}

const hold = (port: number, setting: string, held: Server[]) =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const mend = mends[error.code ?? '']
      reject(mend ? new DemoError(`Port ${port} ${mend}, or set ${setting}.`) : error)
    })
    server.listen(port, '127.0.0.1', () => {
      held.push(server)
      const address = server.address()
      resolve(address && typeof address === 'object' ? address.port : port)
    })
  })
