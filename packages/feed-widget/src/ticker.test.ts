import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTicker } from './ticker.ts'

describe('createTicker', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('runs one timer for all listeners and none without them', () => {
    const ticker = createTicker(1000)
    expect(vi.getTimerCount()).toBe(0)
    const calls: string[] = []
    const first = ticker.subscribe(() => calls.push('first'))
    const second = ticker.subscribe(() => calls.push('second'))
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(1000)
    expect(calls).toEqual(['first', 'second'])
    first()
    second()
    expect(vi.getTimerCount()).toBe(0)
  })
})
