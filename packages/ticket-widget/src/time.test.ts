import { expect, test } from 'vitest'
import { sampleEvent } from './testing/sampleEvent.ts'
import { createTimeFormat } from './time.ts'

const time = createTimeFormat('en-US')
const plain = (text: string) => text.replace(/[\u2009\u202f\u00a0]/g, ' ')

test("times are the place's own, not the visitor's", () => {
  expect(time.day(sampleEvent())).toBe('Saturday, November 28, 2026')
  expect(plain(time.hours(sampleEvent()))).toBe('8:00 – 11:00 PM CST')
  expect(time.leaf(sampleEvent())).toEqual({ month: 'Nov', day: '28' })
  expect(time.day(sampleEvent({ timeZone: 'Asia/Tokyo' }))).toBe('Sunday, November 29, 2026')
})

test('an end after midnight is left out rather than dated', () => {
  expect(plain(time.hours(sampleEvent({ endsAt: '2026-11-29T08:00:00.000Z' })))).toBe('8:00 PM CST')
  expect(plain(time.hours(sampleEvent({ endsAt: null })))).toBe('8:00 PM CST')
})

test('a time zone that this browser does not know reads as UTC', () => {
  expect(plain(time.hours(sampleEvent({ timeZone: 'Mars/Olympus', endsAt: null })))).toBe('2:00 AM UTC')
})
