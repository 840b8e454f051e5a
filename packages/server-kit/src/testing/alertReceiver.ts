import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** How one request is answered; `hang` never does. */
type Answer = 'hang' | { status: number; headers?: Record<string, string>; body?: string | Buffer }

export interface AlertReceiver {
  url: string
  received: Received[]
  /** By path: the next answers, in their order; 200 once none is left. */
  answers: Map<string, Answer[]>
  close(): Promise<void>
}

const answer = (response: ServerResponse, { status, headers = {}, body = 'ok' }: Exclude<Answer, 'hang'>): void => {
  response.writeHead(status, headers)
  response.end(body)
}

/** A server of its own that takes what sinks send. */
export const startAlertReceiver = async (): Promise<AlertReceiver> => {
  const received: Received[] = []
  const answers: AlertReceiver['answers'] = new Map()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? ''
      received.push({ path, headers: request.headers, body: Buffer.concat(parts).toString() })
      const next = answers.get(path)?.shift() ?? { status: 200 }
      if (next !== 'hang') answer(response, next)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
