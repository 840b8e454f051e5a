import { type Endpoint, keyParameter, parsePart } from '@venuekit/core/contracts'
import type { Context } from 'hono'
import * as z from 'zod/mini'
import { ProblemError } from '../services/problemError.ts'
import { isUnstorable } from '../services/unstorable.ts'
import { readText } from './readText.ts'

const none = z.strictObject({})

const parse = <Schema extends z.ZodMiniType>(schema: Schema, value: unknown, part: string): z.output<Schema> => {
  const parsed = parsePart(schema, value, part)
  if (parsed.ok) return parsed.value
  throw new ProblemError('invalid_request', { fields: parsed.fields })
}

/** Path and query arrive percent-encoded: half a surrogate pair cannot, NUL can. */
const storable = (parameters: Record<string, string>): Record<string, string> => {
  const odd = Object.keys(parameters).filter(name => isUnstorable(parameters[name]))
  if (odd.length === 0) return parameters
  throw new ProblemError('invalid_request', { fields: Object.fromEntries(odd.map(name => [name, 'may hold no NUL'])) })
}

/** The query as one value a name; `key` is the credential of reads and no parameter of theirs. */
const readQuery = (c: Context): Record<string, string> => {
  const parameters = new URL(c.req.url).searchParams
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  const names = [...new Set(parameters.keys())].filter(name => !(isRead && name === keyParameter))
  const repeated = names.filter(name => parameters.getAll(name).length > 1)
  if (repeated.length > 0) {
    const fields = Object.fromEntries(repeated.map(name => [name, 'may stand once only']))
    throw new ProblemError('invalid_request', { fields })
  }
  return Object.fromEntries(names.map(name => [name, parameters.get(name) ?? '']))
}

const refuseUnstorable = (_name: string, value: unknown): unknown => {
  if (!isUnstorable(value)) return value
  throw new ProblemError('invalid_request', { detail: 'Text may hold neither NUL nor unpaired surrogates.' })
}

const readBody = async (c: Context): Promise<unknown> => {
  const contentType = c.req.header('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new ProblemError('invalid_request', { detail: 'Send the body as content-type application/json.' })
  }
  const text = await readText(c)
  try {
    return JSON.parse(text, refuseUnstorable)
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw new ProblemError('invalid_request', { detail: 'The body is not JSON.' })
  }
}

/** The parts of a request as a handler takes them. */
export interface Input {
  params: unknown
  query: unknown
  body: unknown
}

/** Everything a request says, by the endpoint's schemas; what no schema names is refused. */
export const parseInput = async (c: Context, endpoint: Endpoint): Promise<Input> => ({
  params: parse(endpoint.params ?? none, storable(c.req.param()), 'path'),
  query: parse(endpoint.query ?? none, storable(readQuery(c)), 'query'),
  body: endpoint.body ? parse(endpoint.body, await readBody(c), 'body') : undefined,
})
