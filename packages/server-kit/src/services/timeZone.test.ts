import { expect, test } from 'vitest'
import { isTimeZone } from './timeZone.ts'

test('a time zone is an IANA name', () => {
  for (const name of ['America/Chicago', 'America/Argentina/Ushuaia', 'UTC', 'Etc/GMT+5', 'Asia/Kolkata']) {
    expect(isTimeZone(name)).toBe(true)
  }
  for (const name of ['', 'Mars/Base', 'a\0b']) expect(isTimeZone(name)).toBe(false)
})

test('an offset is none: Intl and Postgres read its sign in opposite ways', () => {
  for (const offset of ['+05:30', '-05', '+0530']) expect(isTimeZone(offset)).toBe(false)
})

test('an abbreviation is none: Intl reads a place in it, Postgres an offset that knows no summer', () => {
  for (const abbreviation of ['CET', 'IST', 'EET', 'EST']) expect(isTimeZone(abbreviation)).toBe(false)
})
