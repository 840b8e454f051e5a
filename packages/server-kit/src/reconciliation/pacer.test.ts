import { expect, test } from 'vitest'
import { createPacer } from './pacer.ts'

const virtual = () => {
  let time = 0
  return {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds
    },
    pass: (milliseconds: number) => {
      time += milliseconds
    },
  }
}

test('requests leave no faster than the bound', async () => {
  const clock = virtual()
  const pace = createPacer({ requestsPerSecond: 4, ...clock })
  for (let request = 0; request < 9; request += 1) await pace()
  expect(clock.now()).toBe(2000)
})

test('who was slow anyway does not wait, and gains no burst from it', async () => {
  const clock = virtual()
  const pace = createPacer({ requestsPerSecond: 4, ...clock })
  await pace()
  clock.pass(10_000)
  await pace()
  expect(clock.now()).toBe(10_000)
  await pace()
  expect(clock.now()).toBe(10_250)
})

test('a rate of nothing is refused', () => {
  expect(() => createPacer({ requestsPerSecond: 0, ...virtual() })).toThrow('must be positive')
})
