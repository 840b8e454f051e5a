import { expectTypeOf, test } from 'vitest'
import type { Order, Post } from '../contracts/index.ts'
import { createClient } from './createClient.ts'

const client = createClient({ apiUrl: 'https://api.example', publishableKey: 'vk_pub_demo', fetch: () => never })
const never = new Promise<Response>(() => {})
const { signal } = AbortSignal.abort() && new AbortController()

/** Never run: what the compiler takes and refuses is the test. */
const promises = () => {
  void client.listEvents()
  void client.listEvents({ query: { limit: 10 } })
  void client.listPosts({ params: { feedId: 'f' }, query: { limit: '10', cursor: 'c' } }, { signal })
  // @ts-expect-error a route with parameters needs them
  void client.getEvent()
  // @ts-expect-error and by their names
  void client.getEvent({ params: { id: 'e' } })
  // @ts-expect-error a body is needed where the contract has one
  void client.createPost({ params: { feedId: 'f' } })
  // @ts-expect-error a misspelt field is refused
  void client.createPost({ params: { feedId: 'f' }, body: { clientId: 'c', txt: 'Hello' } })
  // @ts-expect-error quantities are numbers
  void client.createOrder({ body: { eventId: 'e', items: [{ tierId: 't', quantity: '1' }] } })
  // @ts-expect-error a cursor is text
  void client.listPosts({ params: { feedId: 'f' }, query: { cursor: 1 } })
  // @ts-expect-error admin routes are no business of a browser
  void client.createEvent
}

test('the contract types the methods', () => {
  expectTypeOf(promises).toBeFunction()
  expectTypeOf(client.getOrder).returns.resolves.toEqualTypeOf<{ order: Order }>()
  expectTypeOf(client.createPost).returns.resolves.toEqualTypeOf<{ post: Post }>()
  expectTypeOf(client.deletePost).returns.resolves.toEqualTypeOf<undefined>()
  expectTypeOf(client.live).returns.resolves.toEqualTypeOf<ReadableStream<Uint8Array>>()
})
