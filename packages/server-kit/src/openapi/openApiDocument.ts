import {
  adminEndpoints,
  adminRoutes,
  type Endpoint,
  endpoints,
  type HostRoute,
  type HostRouteAuth,
  headers,
  hostRoutes,
  keyParameter,
  type MediaRoute,
  mediaRoutes,
  problem,
  problemCodes,
  type Route,
  routes,
} from '@venuekit/core/contracts'
import type * as z from 'zod/mini'
import { createSchemaBook, type Schema, type SchemaBook } from './schemaBook.ts'

/** A transform has no schema of its own: what it takes in is what a caller writes. */
const toParameters = (book: SchemaBook, schema: z.ZodMiniType | undefined, place: 'path' | 'query'): Schema[] => {
  if (!schema) return []
  const { properties = {}, required = [] } = book.members(schema, 'input') as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: shape,
  }))
}

const securityByAuth: Record<Route['auth'] | HostRouteAuth, Schema[]> = {
  key: [{ publishableKey: [] }],
  viewer: [{ publishableKey: [], viewer: [] }],
  order: [{ publishableKey: [], orderToken: [] }],
  secret: [{ secretKey: [] }],
  scanner: [{ scannerKey: [] }, { secretKey: [] }],
  stripe_signature: [{ stripeSignature: [] }],
  mux_signature: [{ muxSignature: [] }],
  bearer: [{ hostSecret: [] }],
  none: [],
}

const securityOf = ({ method, auth }: Route): Schema[] =>
  method === 'GET' && auth === 'key' ? [{ publishableKeyParameter: [] }, ...securityByAuth.key] : securityByAuth[auth]

const successOf = (book: SchemaBook, { response }: Endpoint): Schema => {
  if (response === null) return { 204: { description: 'Done; no body' } }
  const content =
    response === 'stream'
      ? { 'text/event-stream': { schema: { type: 'string' } } }
      : { 'application/json': { schema: book.inline(response, 'output') } }
  return { 200: { description: 'Done', content } }
}

const idempotencyKey = {
  name: headers.idempotencyKey,
  in: 'header',
  required: true,
  description: 'The same request under the same key answers the same; 8 to 200 visible ASCII characters.',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
}

const problemAnswer = { default: { $ref: '#/components/responses/Problem' } }

const toOperation = (book: SchemaBook, name: string, route: Route, endpoint: Endpoint, tag: string): Schema => ({
  operationId: name,
  summary: endpoint.summary,
  tags: [tag],
  security: securityOf(route),
  parameters: [
    ...toParameters(book, endpoint.params, 'path'),
    ...toParameters(book, endpoint.query, 'query'),
    ...(route.idempotencyKey ? [idempotencyKey] : []),
  ],
  ...(endpoint.body
    ? {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: book.inline(endpoint.body, 'input') } },
        },
      }
    : {}),
  responses: { ...successOf(book, endpoint), ...problemAnswer },
})

const pathParameters = (path: string): Schema[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

const toHostOperation = (name: string, route: HostRoute): Schema => ({
  operationId: name,
  summary: route.summary,
  tags: ['host'],
  security: securityByAuth[route.auth],
  parameters: pathParameters(route.path),
  responses: { 200: { description: 'Done' }, ...problemAnswer },
})

const anyBytes = { '*/*': { schema: { type: 'string', format: 'binary' } } }

const toMediaOperation = (name: string, route: MediaRoute): Schema => ({
  operationId: name,
  summary: route.summary,
  tags: ['media'],
  security: [],
  parameters: [
    ...pathParameters(route.path),
    ...Object.entries(route.headers).map(([header, description]) => ({
      name: header,
      in: 'header',
      required: false,
      description,
      schema: { type: 'string' },
    })),
  ],
  ...(route.method === 'PUT' ? { requestBody: { required: false, content: anyBytes } } : {}),
  responses: {
    ...Object.fromEntries(
      Object.entries(route.answers).map(([status, description]) => [
        status,
        { description, ...(route.method === 'GET' && status.startsWith('20') ? { content: anyBytes } : {}) },
      ]),
    ),
    ...problemAnswer,
  },
})

const toPath = (path: string): string => path.replace(/:(\w+)/g, '{$1}')

const toPaths = (book: SchemaBook): Record<string, Record<string, Schema>> => {
  const paths: Record<string, Record<string, Schema>> = {}
  const add = ({ path, method }: Route | HostRoute | MediaRoute, operation: Schema): void => {
    const byMethod = paths[toPath(path)] ?? {}
    byMethod[method.toLowerCase()] = operation
    paths[toPath(path)] = byMethod
  }
  const addTable = (table: Record<string, Route>, schemas: Record<string, Endpoint>, tag: string): void => {
    for (const [name, route] of Object.entries(table)) {
      const endpoint = schemas[name]
      if (!endpoint) throw new Error(`route ${name} has no endpoint`)
      add(route, toOperation(book, name, route, endpoint, tag))
    }
  }
  addTable(routes, endpoints, 'pages')
  addTable(adminRoutes, adminEndpoints, 'admin')
  for (const [name, route] of Object.entries(hostRoutes)) add(route, toHostOperation(name, route))
  for (const [name, route] of Object.entries(mediaRoutes)) add(route, toMediaOperation(name, route))
  return paths
}

const securitySchemes = {
  publishableKey: { type: 'apiKey', in: 'header', name: headers.publishableKey, description: 'vk_pub_…, safe to show' },
  publishableKeyParameter: {
    type: 'apiKey',
    in: 'query',
    name: keyParameter,
    description: 'Reads without a preflight',
  },
  orderToken: { type: 'apiKey', in: 'header', name: headers.orderToken, description: 'vko_…, from createOrder' },
  viewer: { type: 'http', scheme: 'bearer', description: "The host's own sign-in" },
  secretKey: { type: 'http', scheme: 'bearer', description: 'vk_sec_…, for servers alone' },
  scannerKey: { type: 'http', scheme: 'bearer', description: 'vk_scan_…, for devices at the door' },
  hostSecret: { type: 'http', scheme: 'bearer', description: "The jobs' secret" },
  stripeSignature: { type: 'apiKey', in: 'header', name: 'Stripe-Signature' },
  muxSignature: { type: 'apiKey', in: 'header', name: 'Mux-Signature' },
}

/** The contract as OpenAPI 3.1, made from the same tables that drive router and client. */
export const openApiDocument = (): Schema => {
  const book = createSchemaBook()
  const paths = toPaths(book)
  const content = { 'application/problem+json': { schema: book.inline(problem, 'output') } }
  return {
    openapi: '3.1.0',
    info: {
      title: 'VenueKit',
      version: '1',
      description: `Errors are problem details with one of these codes: ${Object.keys(problemCodes).join(', ')}.`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: {
      schemas: book.named(),
      securitySchemes,
      responses: { Problem: { description: 'What failed and how to mend it', content } },
    },
  }
}
