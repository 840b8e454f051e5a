import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deviceStore } from './deviceStore.ts'

beforeEach(() => {
  // Files that ran before in this tab may have kept something.
  sessionStorage.clear()
  localStorage.clear()
})

afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
})

test('the policy decides what is kept', () => {
  const kept = (['necessary', 'optional'] as const).map(need =>
    (['all', 'necessary', 'none'] as const).map(policy => deviceStore(policy, need).set('key', 'value')),
  )
  expect(kept).toEqual([
    [true, true, false],
    [true, false, false],
  ])
})

test('what is kept is found again, until it is removed', () => {
  deviceStore('necessary', 'necessary').set('order', 'token')
  expect(deviceStore('all', 'necessary').get('order')).toBe('token')
  expect(deviceStore('none', 'necessary').get('order')).toBeNull()
  deviceStore('necessary', 'necessary').remove('order')
  expect(deviceStore('all', 'necessary').get('order')).toBeNull()
})

test('what lives as long as the tab is kept apart', () => {
  const tab = deviceStore('necessary', 'necessary', 'tab')
  tab.set('order', 'token')
  expect([tab.get('order'), deviceStore('necessary', 'necessary').get('order')]).toEqual(['token', null])
  expect(sessionStorage.getItem('venuekit:order')).toBe('token')
  tab.remove('order')
  expect(deviceStore('none', 'necessary', 'tab').set('order', 'token')).toBe(false)
  expect(sessionStorage.length).toBe(0)
})

test('storage that is blocked or full reads as nothing kept', () => {
  const storage = vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError')
  })
  const store = deviceStore('all', 'necessary')
  expect([store.set('a', 'b'), store.get('a'), store.remove('a')]).toEqual([false, null, undefined])
  storage.mockRestore()
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  expect(store.set('a', 'b')).toBe(false)
})
