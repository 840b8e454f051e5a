import { expect, test } from 'vitest'
import { rubberBand, swipeResult } from './swipe.ts'

test('a slow swipe goes on beyond the middle and comes back before it', () => {
  expect(swipeResult({ distance: -210, velocity: -0.1, width: 400 })).toBe(-1)
  expect(swipeResult({ distance: 190, velocity: 0.1, width: 400 })).toBe(0)
})

test('a flick goes on however short it was', () => {
  expect(swipeResult({ distance: 30, velocity: 0.9, width: 400 })).toBe(1)
})

test('a flick back takes the swipe back, however far it was', () => {
  expect(swipeResult({ distance: -350, velocity: 0.9, width: 400 })).toBe(0)
})

test('beyond the end the pull is followed less and less', () => {
  const [near, far] = [rubberBand(40, 400), rubberBand(400, 400)]
  expect(near).toBeLessThan(40)
  expect(far).toBeGreaterThan(near)
  expect(far).toBeLessThan(400 / 3)
  expect(rubberBand(-40, 400)).toBe(-near)
})
