import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createGates } from './createGates.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const hold = () => {
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  return { work: () => held, letGo: () => letGo() }
}

test('so many of one key are at it at once, in their order; another key has places of its own', async () => {
  const gates = createGates(2, 1000)
  const begun: string[] = []
  const holds = ['a1', 'a2', 'a3', 'a4', 'b1'].map(name => {
    const { work, letGo } = hold()
    const done = gates(name.slice(0, 1), () => {
      begun.push(name)
      return work()
    })
    return { letGo, done }
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(begun).toEqual(['a1', 'a2', 'b1'])
  holds[1]?.letGo()
  await vi.advanceTimersByTimeAsync(0)
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3'])
  for (const { letGo } of holds) letGo()
  await Promise.all(holds.map(({ done }) => done))
  expect(begun.at(-1)).toBe('a4')
  expect(vi.getTimerCount()).toBe(0)
})

test('who gets no turn in time is told that it is busy, and takes no place from those behind', async () => {
  const gates = createGates(1, 1000)
  const first = hold()
  const held = gates('a', first.work)
  const late = expect(gates('a', async () => 'late')).rejects.toMatchObject({ kind: 'busy' })
  await vi.advanceTimersByTimeAsync(500)
  const behind = gates('a', async () => 'in turn')
  await vi.advanceTimersByTimeAsync(500)
  await late
  first.letGo()
  await held
  expect(await behind).toBe('in turn')
})

test('work that fails leaves its place', async () => {
  const gates = createGates(1, 1000)
  await expect(gates('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await gates('a', async () => 'next')).toBe('next')
})
