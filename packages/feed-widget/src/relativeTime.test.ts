import { describe, expect, it } from 'vitest'
import { absoluteTime, relativeTime } from './relativeTime.ts'

const now = Date.parse('2026-11-23T12:00:00.000Z')
const at = (millisecondsAgo: number) => new Date(now - millisecondsAgo).toISOString()
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('relativeTime', () => {
  it('leaves the first minute to the word for now', () => {
    expect(relativeTime(at(0), now, 'en')).toBeNull()
    expect(relativeTime(at(59_999), now, 'en')).toBeNull()
  })

  it('reads a moment ahead of our clock as now', () => {
    expect(relativeTime(at(-5 * minute), now, 'en')).toBeNull()
  })

  it('counts whole minutes, hours and days, rounded down', () => {
    expect(relativeTime(at(minute), now, 'en')).toBe('1m ago')
    expect(relativeTime(at(hour - 1), now, 'en')).toBe('59m ago')
    expect(relativeTime(at(hour), now, 'en')).toBe('1h ago')
    expect(relativeTime(at(day - 1), now, 'en')).toBe('23h ago')
    expect(relativeTime(at(7 * day - 1), now, 'en')).toBe('6d ago')
  })

  it('gives a date from a week on, with the year only where it is another one', () => {
    expect(relativeTime(at(8 * day), now, 'en')).toBe('Nov 15')
    expect(relativeTime(at(365 * day), now, 'en')).toBe('Nov 23, 2025')
  })

  it('speaks the language asked for', () => {
    expect(relativeTime(at(5 * minute), now, 'de')).toContain('vor 5')
  })
})

describe('absoluteTime', () => {
  it('names the day in full', () => {
    expect(absoluteTime(at(0), 'en')).toMatch(/Monday, November 23, 2026/)
  })
})
