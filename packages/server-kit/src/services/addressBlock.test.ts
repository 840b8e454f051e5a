import { expect, test } from 'vitest'
import { addressBlock } from './addressBlock.ts'

test('an IPv4 address stands for itself, with or without a port', () => {
  expect(addressBlock('203.0.113.7')).toBe('203.0.113.7')
  expect(addressBlock('203.0.113.7:4711')).toBe('203.0.113.7')
})

test('an IPv6 address stands for its /64, however it is written', () => {
  const block = addressBlock('2001:db8:1:2:3:4:5:6')
  expect(block).toBe('2001:db8:1:2::/64')
  for (const same of ['2001:DB8:1:2::9', '[2001:db8:1:2::1]:443', '2001:0db8:0001:0002:ffff:ffff:ffff:ffff']) {
    expect(addressBlock(same)).toBe(block)
  }
  expect(addressBlock('2001:db8:1:3::9')).not.toBe(block)
})

test('an IPv4 address in IPv6 clothes is the same caller', () => {
  expect(addressBlock('::ffff:203.0.113.7')).toBe('203.0.113.7')
})

test('inner addresses name no caller', () => {
  for (const inner of [
    '127.0.0.1',
    '::1',
    '::',
    '10.1.2.3',
    '172.20.0.9',
    '192.168.1.1',
    '100.64.0.1',
    'fe80::1%eth0',
  ]) {
    expect(addressBlock(inner)).toBeNull()
  }
  for (const inner of ['fd12::1', '::ffff:127.0.0.1']) expect(addressBlock(inner)).toBeNull()
  expect(addressBlock('172.32.0.1')).toBe('172.32.0.1')
})

test('what is no address is still counted', () => {
  expect(addressBlock('unknown')).toBe('unknown')
  expect(addressBlock(':::')).toBe(':::')
})
