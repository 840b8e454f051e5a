import { expect, test } from 'vitest'
import { createPageClient } from './createPageClient.ts'

const clientOf = (answer: () => Response) =>
  createPageClient({ baseUrl: 'https://host.example/ops/', fetch: async () => answer() })

const problem = (status: number, body: object) => () =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } })

test.each([
  [401, 'signed_out'],
  [404, 'not_found'],
  [429, 'too_often'],
  [503, 'refused'],
  [500, 'refused'],
] as const)('%i is told apart as %s, with the words of the server and its time', async (status, kind) => {
  const client = clientOf(problem(status, { title: 'Busy', detail: 'In these words.', retryAfterMs: 1000 }))
  const told = { kind, message: 'In these words.', retryAfterMs: 1000 }
  await expect(client.logIn('vk_sec_x')).rejects.toMatchObject(told)
  await expect(client.read('operations', null, new AbortController().signal)).rejects.toMatchObject(told)
})

test('what a proxy says in its own form is told by its number', async () => {
  const client = clientOf(() => new Response('<h1>Bad gateway</h1>', { status: 502 }))
  await expect(client.logIn('vk_sec_x')).rejects.toMatchObject({
    kind: 'refused',
    message: 'The server answered 502.',
    retryAfterMs: null,
  })
})
