import { type AdminRouteName, adminEndpoints, adminRoutes, parsePart } from '@venuekit/core/contracts'
import type { Context, Hono } from 'hono'
import * as z from 'zod/mini'
import type { AssetSource } from '../../ports/assets.ts'
import { createOperationsSessions, type OperationsSessions } from '../../services/operationsSession.ts'
import { ProblemError } from '../../services/problemError.ts'
import { adminHandlers } from '../adminHandlers.ts'
import type { Call } from '../call.ts'
import type { KitEnv } from '../kitEnv.ts'
import { type AnyHandler, limitBody, type RouterOptions, readCall, registerRoute } from '../registerRoute.ts'
import { sendAsset } from '../sendAsset.ts'
import { limitKeys } from './limitKeys.ts'
import { operationsFolder, readPageFiles } from './operationsFiles.ts'
import { pageShell } from './pageShell.ts'
import { requirePage } from './requirePage.ts'
import { sessionCookie } from './sessionCookie.ts'

/** What the page reads, by its session: nothing else of the admin routes is open to it, and nothing that changes. */
const reads = [
  'getOperations',
  'listOperationsEvents',
  'getOperationsEvent',
  'getSales',
] as const satisfies readonly AdminRouteName[]

const login = z.strictObject({ key: z.string().check(z.minLength(1), z.maxLength(500)) })

const readKey = async (c: Context): Promise<string> => {
  const body: unknown = await c.req.json().catch(() => null)
  const parsed = parsePart(login, body, 'body')
  if (parsed.ok) return parsed.value.key
  throw new ProblemError('invalid_request', { fields: parsed.fields })
}

const requireSession =
  (sessions: OperationsSessions) =>
  async (c: Context, call: Call): Promise<Call> => {
    requirePage(c)
    if (await sessions.read(sessionCookie.read(c))) return call
    throw new ProblemError('unauthorized', { detail: 'Nobody is signed in here, or the session is over.' })
  }

const registerSession = (app: Hono<KitEnv>, options: RouterOptions, sessions: OperationsSessions): void => {
  app.post('/ops/session', limitBody(4096), async c => {
    requirePage(c)
    const key = await readKey(c)
    const limit = await limitKeys(readCall(c, options))
    const token = await sessions.open(key)
    if (token === null) throw new ProblemError('unauthorized', { detail: 'This is none of the secret keys.' })
    await limit.forget()
    sessionCookie.set(c, token)
    return c.body(null, 204)
  })
  app.delete('/ops/session', async c => {
    requirePage(c)
    const session = await sessions.read(sessionCookie.read(c))
    if (session) await sessions.end(session)
    sessionCookie.clear(c)
    return c.body(null, 204)
  })
}

/** The operations page: its shell, its files, its session, and its data below `/ops/data`. */
export const registerOperations = (app: Hono<KitEnv>, options: RouterOptions, assets: AssetSource | null): void => {
  const sessions = createOperationsSessions(options.secrets.adminKeys, options.context.database)
  app.use('/ops/*', async (c, next) => {
    await next()
    c.res.headers.set('x-robots-tag', 'noindex, nofollow')
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
  })
  app.get('/ops', async c => c.html(pageShell(await readPageFiles(assets))))
  // Relative: the browser knows the whole path, we may not.
  app.get('/ops/', c => c.body(null, 308, { location: '../ops' }))
  app.get('/ops/files/:path{.+}', c => sendAsset(c, assets, operationsFolder + c.req.param('path')))
  registerSession(app, options, sessions)
  for (const name of reads) {
    const route = { ...adminRoutes[name], path: adminRoutes[name].path.replace('/v1/admin', '/ops/data') }
    const handler = adminHandlers[name] as AnyHandler
    registerRoute(app, options, {
      name,
      route,
      endpoint: adminEndpoints[name],
      handler,
      prove: requireSession(sessions),
    })
  }
}
