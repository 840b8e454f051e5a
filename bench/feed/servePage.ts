import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, defaultClientConditions, type Rolldown } from 'vite'

const root = fileURLToPath(new URL('./page', import.meta.url))

const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

/** The page of the contenders, built as for production, behind a port of its own. */
export const servePage = async () => {
  const built = (await build({
    root,
    logLevel: 'error',
    configFile: false,
    resolve: { conditions: ['@venuekit/source', ...defaultClientConditions] },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { write: false, modulePreload: false },
  })) as Rolldown.RolldownOutput
  const files = new Map(
    built.output.map(file => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  )
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    const file = files.get(path)
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': types[path.split('.').at(-1) ?? ''] ?? '' })
    response.end(file)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
