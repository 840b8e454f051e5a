import { type Problem, problem } from '@venuekit/core/contracts'
import type * as z from 'zod/mini'
import type { ServerKit } from '../createServerKit.ts'

export interface HttpCall {
  body?: unknown
  /** Sent as it is, instead of `body` as JSON. */
  rawBody?: string
  /** null sends none. */
  key?: string | null
  origin?: string | null
  orderToken?: string
  idempotencyKey?: string
  bearer?: string | undefined
  headers?: Record<string, string>
}

export interface HttpAnswer {
  status: number
  headers: Headers
  /** Parsed where it is JSON, else text. */
  body: unknown
  /** The body by its schema; throws where the call was refused or the body does not fit. */
  read<Schema extends z.ZodMiniType>(schema: Schema): z.output<Schema>
  /** The refusal; throws where there is none. */
  problem(): Problem
}

export type HttpCaller = (method: string, path: string, call?: HttpCall) => Promise<HttpAnswer>

const toHeaders = (call: HttpCall, page: { key: string; origin: string }): Headers => {
  const { key = page.key, origin = page.origin } = call
  const named = {
    'VenueKit-Key': key,
    Origin: origin,
    'VenueKit-Order-Token': call.orderToken,
    'Idempotency-Key': call.idempotencyKey,
    Authorization: call.bearer === undefined ? undefined : `Bearer ${call.bearer}`,
    'Content-Type': call.body === undefined && call.rawBody === undefined ? undefined : 'application/json',
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(named)) if (value) headers.set(name, value)
  for (const [name, value] of Object.entries(call.headers ?? {})) headers.set(name, value)
  return headers
}

const toAnswer = async (response: Response): Promise<HttpAnswer> => {
  const { status, headers } = response
  const text = await response.text()
  const type = headers.get('content-type') ?? ''
  const body: unknown = type.includes('json') && text !== '' ? JSON.parse(text) : text
  return {
    status,
    headers,
    body,
    read(schema) {
      if (status >= 300) throw new Error(`the call was answered by ${status}: ${text}`)
      return schema.parse(body)
    },
    problem() {
      if (!type.startsWith('application/problem+json')) throw new Error(`no problem but ${status}: ${text}`)
      return problem.parse(body)
    },
  }
}

/** Requests to the kit in this process, as the browser on the venue's page would send them. */
export const createHttpCaller =
  (kit: Pick<ServerKit, 'fetch'>, page: { key: string; origin: string }): HttpCaller =>
  async (method, path, call = {}) => {
    const body = call.rawBody ?? (call.body === undefined ? null : JSON.stringify(call.body))
    const request = new Request(new URL(path, 'http://kit.test'), { method, headers: toHeaders(call, page), body })
    return toAnswer(await kit.fetch(request, { clientAddress: '192.0.2.1' }))
  }
