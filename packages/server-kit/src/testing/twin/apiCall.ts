import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { type FormFields, parseForm } from './form.ts'
import { Refusal } from './refusal.ts'
import { list, text } from './rules.ts'
import { apiVersion } from './state.ts'

export type TwinContext = Context<{ Bindings: HttpBindings }>

/** A request to the API, read but not yet judged by its operation. */
export interface ApiCall {
  requestId: string
  method: string
  path: string
  /** What `:id` stands for in the operation's path. */
  id: string
  key: string | null
  parameters: FormFields
  expandPaths: string[]
}

const refused = (status: number, message: string) =>
  new Refusal(status, { type: 'invalid_request_error', message }, false)

const keyOf = (header: string | undefined): string => {
  const [scheme = '', credentials = ''] = (header ?? '').split(' ')
  if (/^basic$/i.test(scheme)) return Buffer.from(credentials, 'base64').toString().split(':')[0] ?? ''
  return /^bearer$/i.test(scheme) ? credentials : ''
}

const masked = (key: string) => `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`

const authenticate = (secretKey: string, header: string | undefined): void => {
  const key = keyOf(header)
  if (key === secretKey) return
  if (key !== '') throw refused(401, `Invalid API Key provided: ${masked(key)}`)
  throw refused(
    401,
    "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
  )
}

const checkVersion = (version: string | undefined): void => {
  if (version === undefined || version === apiVersion) return
  throw refused(400, `Invalid Stripe API version: ${version}. The twin speaks ${apiVersion} only.`)
}

const checkBodyType = (method: string, type: string | undefined): void => {
  if (method === 'GET' || type === undefined || type.startsWith('application/x-www-form-urlencoded')) return
  throw refused(
    400,
    'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have questions, we can help at https://support.stripe.com/.',
  )
}

/** Key, version and form; throws the `Refusal` that Stripe would answer. */
export const readApiCall = (
  context: TwinContext,
  { body, requestId, secretKey }: { body: string; requestId: string; secretKey: string },
): ApiCall => {
  const { req } = context
  authenticate(secretKey, req.header('authorization'))
  checkVersion(req.header('stripe-version'))
  checkBodyType(req.method, req.header('content-type'))
  const raw = req.method === 'GET' ? new URL(req.url).search.slice(1) : body
  const { expand: wanted, ...parameters } = parseForm(raw)
  return {
    requestId,
    method: req.method,
    path: req.path,
    id: req.param('id') ?? '',
    key: req.method === 'POST' ? (req.header('idempotency-key')?.slice(0, 255) ?? null) : null,
    parameters,
    expandPaths: wanted === undefined ? [] : list(text())(wanted, 'expand'),
  }
}
