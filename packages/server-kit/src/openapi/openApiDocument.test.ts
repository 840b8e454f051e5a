import { readFile } from 'node:fs/promises'
import { adminRoutes, hostRoutes, mediaRoutes, routes } from '@venuekit/core/contracts'
import { expect, test } from 'vitest'
import { openApiDocument } from './openApiDocument.ts'

const document = openApiDocument() as {
  paths: Record<string, Record<string, { operationId: string; parameters: { name: string; required: boolean }[] }>>
  components: { schemas: Record<string, unknown> }
}

test('every route is described under its name', () => {
  const described = Object.values(document.paths).flatMap(path =>
    Object.values(path).map(({ operationId }) => operationId),
  )
  const names = [routes, adminRoutes, hostRoutes, mediaRoutes].flatMap(table => Object.keys(table))
  expect(described.sort()).toEqual(names.sort())
})

test('query, path and idempotency key are parameters', () => {
  const parametersOf = (path: string, method: string) =>
    document.paths[path]?.[method]?.parameters.map(({ name, required }) => [name, required])
  expect(parametersOf('/v1/feeds/{feedId}/posts', 'get')).toEqual([
    ['feedId', true],
    ['cursor', false],
    ['limit', false],
  ])
  expect(parametersOf('/v1/orders', 'post')).toEqual([['Idempotency-Key', true]])
})

test('every reference leads somewhere', () => {
  const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)
  const missing = [...references].filter(([, name]) => !(String(name) in document.components.schemas))
  expect(missing).toEqual([])
})

test('the committed file is the generated one', async () => {
  const committed = await readFile(new URL('../../../../openapi.json', import.meta.url), 'utf8')
  expect(JSON.parse(committed)).toEqual(document)
})
