import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { DemoError } from './demoError.ts'

const mends: Record<string, string> = {
  EADDRINUSE: 'is taken: end what listens there',
  EACCES: 'may not be used by this user: take one from 1024 up',
}

/**
 * Throws `DemoError` where a port cannot be had; 0 is any free one and always can. Looked at before anything starts,
 * so that a taken port costs a line and no waiting. `settings` names what chooses another.
 */
export const requireFreePorts = async <Name extends string>(
  ports: Record<Name, number>,
  settings: Record<Name, string>,
): Promise<void> => {
  const names = Object.keys(ports) as Name[]
  for (const name of names) {
    const port = ports[name]
    const twice = names.find(other => other !== name && ports[other] === port && port !== 0)
    if (twice) throw new DemoError(`${settings[name]} and ${settings[twice]} are both ${port}.`)
    const failure = port === 0 ? null : await tryPort(port)
    if (failure?.code && mends[failure.code])
      throw new DemoError(`Port ${port} ${mends[failure.code]}, or set ${settings[name]}.`)
    if (failure) throw failure
  }
}

/** A port that nobody listens on, below those that systems hand out to connections: nobody comes first by chance. */
export const quietPort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(15_000, 30_000)
    if ((await tryPort(port)) === null) return port
  }
}

const tryPort = (port: number) =>
  new Promise<NodeJS.ErrnoException | null>(resolve => {
    const server = createServer()
    server.once('error', resolve)
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(null)))
  })
