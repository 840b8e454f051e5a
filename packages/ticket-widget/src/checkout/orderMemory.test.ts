import type { DeviceStore } from '@venuekit/core/element'
import { beforeEach, expect, test } from 'vitest'
import { eventId, orderId, orderToken } from '../testing/sampleEvent.ts'
import { createOrderMemory } from './orderMemory.ts'
import { readOrderToken } from './orderToken.ts'

const page = 'https://venue.example/show'
const token = orderToken()
let href: string
let device: DeviceStore
let tab: DeviceStore

const storeOf = (kept = new Map<string, string>()): DeviceStore => ({
  get: key => kept.get(key) ?? null,
  set: (key, value) => Boolean(kept.set(key, value)),
  remove: key => void kept.delete(key),
})
const blocked: DeviceStore = { get: () => null, set: () => false, remove: () => {} }

const replace = (next: string) => {
  href = next
}

const memory = () => createOrderMemory({ eventId, device, tab, address: { href: () => href, replace } })

beforeEach(() => {
  href = page
  device = storeOf()
  tab = storeOf()
})

test('a token tells which order of which event it opens', () => {
  expect(readOrderToken(token)).toEqual({ eventId, orderId })
  for (const text of ['', 'vko_1', 'vko_1.AAAA.BBBB', 'vko_1.***.x', token.slice(1)])
    expect(readOrderToken(text)).toBeNull()
})

test('the return is stored and the address cleaned; a reload finds the order', () => {
  href = `${page}#/x&venuekit-order=${token}`
  expect(memory().read()).toEqual({ token, orderId, cause: 'paid' })
  expect(href).toBe(`${page}#/x`)
  expect(memory().read()).toEqual({ token, orderId, cause: 'stored' })
})

test('a return without payment says so', () => {
  href = `${page}#venuekit-order=${token}&venuekit-checkout=cancelled`
  expect(memory().read()?.cause).toBe('unpaid')
})

test("another event's order is left to the widget that sells it", () => {
  href = `${page}#venuekit-order=${orderToken('11111111-2222-4333-8444-555555555555')}`
  const before = href
  expect(memory().read()).toBeNull()
  memory().forget(orderId)
  expect(href).toBe(before)
})

test('where nothing may be kept the order stays in the address', () => {
  device = blocked
  tab = blocked
  memory().remember(token)
  expect(memory().read()).toEqual({ token, orderId, cause: 'unpaid' })
  memory().settle(token)
  expect(memory().read()).toEqual({ token, orderId, cause: 'paid' })
  memory().forget(orderId)
  expect(href).toBe(page)
})

test('a paid order leaves the device and stays with the tab', () => {
  memory().remember(token)
  memory().settle(token)
  expect(device.get(`order:${eventId}`)).toBeNull()
  expect(memory().read()?.cause).toBe('stored')
  tab = storeOf()
  expect(memory().read()).toBeNull()
})

test("what another tab keeps there is left alone, and is another order's to forget", () => {
  const later = orderToken(eventId, '33333333-2222-4333-8444-555555555555')
  memory().remember(later)
  memory().settle(token)
  memory().forget(orderId)
  expect(memory().kept()).toBe(later)
})
