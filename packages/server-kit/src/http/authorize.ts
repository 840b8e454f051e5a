import { headers, keyParameter, type RouteAuth } from '@venuekit/core/contracts'
import type { Context } from 'hono'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import { isOneOfSecrets } from '../services/isOneOfSecrets.ts'
import { ProblemError } from '../services/problemError.ts'
import { readViewer } from '../services/readViewer.ts'
import type { Call, CallByAuth, KeyCall, OrderCall } from './call.ts'

/** What the host set for machines. */
export interface HostSecrets {
  adminKeys: readonly string[]
  scannerKeys: readonly string[]
  jobs: string
}

const keyOf = (c: Context): string | null => {
  const header = c.req.header(headers.publishableKey)
  if (header !== undefined) return header
  return c.req.method === 'GET' || c.req.method === 'HEAD' ? (c.req.query(keyParameter) ?? null) : null
}

/**
 * The key, used from one of its pages or from a server, which sends no `Origin`. A refusal says nothing of what the
 * key opens, not even whether it exists.
 */
const readKey = async (c: Context, call: Call): Promise<PublishableKey> => {
  const given = keyOf(c)
  if (given === null) {
    throw new ProblemError('forbidden', {
      detail: `Send the publishable key, vk_pub_…, as the header ${headers.publishableKey}.`,
    })
  }
  const key = await call.context.publishableKeys.find(given)
  const origin = c.req.header('origin')
  if (key && (origin === undefined || key.allowedOrigins.includes(origin))) return key
  throw new ProblemError('forbidden', {
    detail: 'The publishable key is unknown, or it does not allow the origin of this page (scheme, host and port).',
  })
}

const bearerOf = (c: Context): string => /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''

/** Throws `unauthorized` unless the request bears one of the secrets. */
export const requireBearer = async (c: Context, secrets: readonly string[], name: string): Promise<void> => {
  if (await isOneOfSecrets(bearerOf(c), secrets)) return
  throw new ProblemError('unauthorized', { detail: `Send Authorization: Bearer with ${name}.` })
}

const readClaims = async (c: Context, call: KeyCall): Promise<OrderCall['claims']> => {
  const claims = await call.context.orderTokens.verify(c.req.header(headers.orderToken) ?? '')
  if (claims && claims.orderId === c.req.param('orderId')?.toLowerCase()) return claims
  throw new ProblemError('unauthorized', { detail: `Send this order's own token as the header ${headers.orderToken}.` })
}

/** How a call proves what its route asks for. */
export const authorize: {
  [Auth in RouteAuth]: (c: Context, call: Call, secrets: HostSecrets) => Promise<CallByAuth[Auth]>
} = {
  key: async (c, call) => ({ ...call, key: await readKey(c, call) }),
  async viewer(c, call) {
    const key = await readKey(c, call)
    const viewer = await readViewer(call.context, call.request)
    if (viewer) return { ...call, key, viewer }
    const detail = call.context.auth ? 'Sign in and send the token.' : 'The host has set up no sign-in (option `auth`).'
    throw new ProblemError('unauthorized', { detail })
  },
  async order(c, call) {
    const keyCall = { ...call, key: await readKey(c, call) }
    return { ...keyCall, claims: await readClaims(c, keyCall) }
  },
  async secret(c, call, secrets) {
    await requireBearer(c, secrets.adminKeys, 'a secret key, vk_sec_…')
    return call
  },
  async scanner(c, call, secrets) {
    await requireBearer(c, [...secrets.scannerKeys, ...secrets.adminKeys], "a scanner's key, vk_scan_…")
    return call
  },
}
