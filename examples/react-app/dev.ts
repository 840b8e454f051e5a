import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { parseOptions } from '../host/src/options.ts'
import { venue } from '../host/src/programme.ts'
import { startStack } from '../host/src/stack.ts'

// The demo's host, and this app beside it on a port of its own: `pnpm demo:react`.
const port = Number(process.env.REACT_APP_PORT ?? 4003)
const options = parseOptions(process.argv.slice(2), process.env, () => '')
const stack = await startStack({ ...options, pages: [`http://localhost:${port}`] })

process.env.VITE_API_URL = stack.apiUrl
process.env.VITE_PUBLISHABLE_KEY = venue.publishableKey
process.env.VITE_FEED_ID = venue.feedId
const app = await createServer({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The venue's own sign-in, which an app has on its own server.
  server: { host: 'localhost', port, strictPort: true, proxy: { '/session': stack.siteUrl } },
})
await app.listen()
console.log(`The app ${app.resolvedUrls?.local[0]}  The API ${stack.apiUrl}  Ctrl-C ends them.`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await app.close()
    await stack[Symbol.asyncDispose]()
    process.exit(0)
  })
}
