import { expect, test } from 'vitest'
import { clientAddress } from './clientAddress.ts'

const forwarded = (value: string) => new Request('https://api.example/', { headers: { 'x-forwarded-for': value } })

test('without trusted proxies the header is only what the caller says', () => {
  expect(clientAddress(forwarded('1.1.1.1'), '9.9.9.9', 0)).toBe('9.9.9.9')
})

test('counts from the end, one place for each trusted proxy', () => {
  const request = forwarded('6.6.6.6, 1.1.1.1, 2.2.2.2')
  expect(clientAddress(request, '9.9.9.9', 1)).toBe('2.2.2.2')
  expect(clientAddress(request, '9.9.9.9', 2)).toBe('1.1.1.1')
})

test('a missing header leaves the connection’s own address', () => {
  expect(clientAddress(new Request('https://api.example/'), '9.9.9.9', 1)).toBe('9.9.9.9')
  expect(clientAddress(forwarded('1.1.1.1'), null, 3)).toBeNull()
})
