import type * as z from 'zod/mini'

/** The schemas of one route. A missing part means that the route takes or answers nothing there. */
export interface Endpoint {
  readonly summary: string
  readonly params?: z.ZodMiniType
  readonly query?: z.ZodMiniType
  readonly body?: z.ZodMiniType
  /** `null` answers 204; `stream` answers server-sent events. */
  readonly response: z.ZodMiniType | 'stream' | null
}

type Input<Schema> = Schema extends z.ZodMiniType ? z.input<Schema> : never
type Output<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : never

type Part<Name extends string, Schema> = [Schema] extends [never] ? unknown : { [Key in Name]: Schema }
type Has<E, Name extends string> = E extends { readonly [Key in Name]: infer Schema } ? Input<Schema> : never
type Parsed<E, Name extends string> = E extends { readonly [Key in Name]: infer Schema } ? Output<Schema> : never

/** What a caller sends: `{ params, query, body }`, each only where the route has it. */
export type EndpointInput<E> = Part<'params', Has<E, 'params'>> &
  ([Has<E, 'query'>] extends [never] ? unknown : { query?: Has<E, 'query'> }) &
  Part<'body', Has<E, 'body'>>

/** What a handler receives after parsing. */
export type EndpointParsed<E> = Part<'params', Parsed<E, 'params'>> &
  Part<'query', Parsed<E, 'query'>> &
  Part<'body', Parsed<E, 'body'>>

/** What the route answers; undefined where it answers nothing. */
export type EndpointOutput<E> = E extends { readonly response: infer Schema }
  ? Schema extends z.ZodMiniType
    ? z.output<Schema>
    : Schema extends 'stream'
      ? ReadableStream<Uint8Array>
      : undefined
  : never
