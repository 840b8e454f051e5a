import { afterEach, expect, test, vi } from 'vitest'
import { version } from '../version.ts'
import { shareClient } from './sharedClient.ts'

const identity = { apiUrl: 'https://api.example', publishableKey: 'vk_pub_demo', viewerId: null }
const registry = Symbol.for('venuekit.clients')

afterEach(() => {
  Reflect.deleteProperty(globalThis, registry)
  vi.restoreAllMocks()
})

const share = (change: Partial<Parameters<typeof shareClient>[1]> = {}, kind = 'client') =>
  shareClient(kind, { ...identity, ...change }, () => ({}))

test('widgets with the same address, key and viewer share one client', () => {
  expect(share().client).toBe(share({ apiUrl: 'https://api.example/' }).client)
  expect(share({ viewerId: 'ada' }).client).toBe(share({ viewerId: 'ada', getToken: () => 'a' }).client)
})

test('anything else has its own', () => {
  const getToken = () => 'a'
  const clients = [
    share(),
    share({ apiUrl: 'https://other.example' }),
    share({ publishableKey: 'vk_pub_other' }),
    share({ viewerId: 'ada' }),
    share({ getToken }),
    share({ getToken: () => 'a' }),
    share({}, 'venuekit'),
  ].map(({ client }) => client)
  expect(new Set(clients).size).toBe(clients.length)
  expect(share({ getToken }).client).toBe(clients[4])
})

test('the last holder disposes of it, once', () => {
  const dispose = vi.fn()
  const first = shareClient('client', identity, () => ({}), dispose)
  const second = shareClient('client', identity, () => ({}), dispose)
  first.release()
  first.release()
  expect(dispose).not.toHaveBeenCalled()
  second.release()
  expect(dispose).toHaveBeenCalledExactlyOnceWith(first.client)
  expect(share().client).not.toBe(first.client)
})

test('another version on the page is told of once', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  share()
  const page = Reflect.get(globalThis, registry) as { versions: Set<string> }
  page.versions.clear()
  page.versions.add('0.0.0-other')
  share()
  share()
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(`0.0.0-other and ${version}`))
})
