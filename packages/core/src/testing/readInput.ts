import * as z from 'zod/mini'
import type { Endpoint } from '../contracts/endpoint.ts'
import { keyParameter } from '../contracts/headers.ts'
import { parsePart } from '../contracts/parsePart.ts'
import { TestProblem } from './TestProblem.ts'

const none = z.strictObject({})

const parse = (schema: z.ZodMiniType, value: unknown, part: string): unknown => {
  const parsed = parsePart(schema, value, part)
  if (parsed.ok) return parsed.value
  throw new TestProblem('invalid_request', { fields: parsed.fields })
}

const readQuery = ({ url, method }: Request): Record<string, string> => {
  const { searchParams } = new URL(url)
  if (method === 'GET') searchParams.delete(keyParameter)
  return Object.fromEntries(searchParams)
}

const readBody = async (request: Request): Promise<unknown> => {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('Content-Type') ?? '')) {
    throw new TestProblem('invalid_request', { detail: 'Send the body as content-type application/json.' })
  }
  try {
    return JSON.parse(await request.text())
  } catch {
    throw new TestProblem('invalid_request', { detail: 'The body is not JSON.' })
  }
}

/** What a handler works with, each part by the contract's own schema; what no schema names is refused. */
export const readInput = async (request: Request, endpoint: Endpoint, params: Record<string, string>) => ({
  params: parse(endpoint.params ?? none, params, 'path'),
  query: parse(endpoint.query ?? none, readQuery(request), 'query'),
  body: endpoint.body ? parse(endpoint.body, await readBody(request), 'body') : undefined,
})
