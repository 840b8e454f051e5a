import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Database } from '../ports/database.ts'
import type { KitContext } from '../services/kitContext.ts'
import { holdRun } from './holdRun.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const held = { job: 'mails', slot: '7', runId: 'run', maximumSeconds: 600 }
const warnings: string[] = []

/** A database that only hears that somebody is at work, and answers what it is told to. */
const stage = (answer: () => Promise<{ outcome: 'touched' | 'lost' }>) => {
  const touches: unknown[] = []
  const call = async (name: string, args: unknown) => {
    touches.push([name, args])
    return answer()
  }
  const context = {
    database: { call } as unknown as Database,
    log: { info() {}, warn: (message: string) => warnings.push(message), error() {} },
  } as unknown as KitContext
  return { context, touches }
}
const touched = async () => ({ outcome: 'touched' as const })
const untilAborted = (signal: AbortSignal) =>
  new Promise<string>(resolve => signal.addEventListener('abort', () => resolve('ended in order'), { once: true }))

test('a run says every 40 seconds that somebody is at it, and no longer than it lasts', async () => {
  const { context, touches } = stage(touched)
  const run = holdRun(context, held, undefined, () => new Promise(resolve => setTimeout(resolve, 100_000, 'done')))
  await vi.advanceTimersByTimeAsync(100_000)
  expect(await run).toBe('done')
  expect(touches).toEqual(Array(2).fill(['venuekit.touch_job_run', { job: 'mails', slot: '7', run_id: 'run' }]))
  await vi.advanceTimersByTimeAsync(1_000_000)
  expect(touches).toHaveLength(2)
  expect(vi.getTimerCount()).toBe(0)
})

test('a worker that was frozen learns that its run was taken over, and ends', async () => {
  const { context } = stage(async () => ({ outcome: 'lost' }))
  const run = holdRun(context, held, undefined, untilAborted)
  await vi.advanceTimersByTimeAsync(40_000)
  expect(await run).toBe('ended in order')
})

test('a database that is away for a moment does not end the run', async () => {
  const { context } = stage(() => Promise.reject(new Error('away')))
  const run = holdRun(context, held, undefined, () => new Promise(resolve => setTimeout(resolve, 50_000, 'done')))
  await vi.advanceTimersByTimeAsync(50_000)
  expect(await run).toBe('done')
  expect(warnings).toContain('a job could not say that it is at work')
})

test('at its maximum a run is told to end, and one that does not is given up a minute later', async () => {
  const { context, touches } = stage(touched)
  const orderly = holdRun(context, held, undefined, untilAborted)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(await orderly).toBe('ended in order')
  const hanging = holdRun(context, held, undefined, () => new Promise<never>(() => {}))
  const outcome = expect(hanging).rejects.toThrow('did not end within 600 s')
  await vi.advanceTimersByTimeAsync(660_000)
  await outcome
  const before = touches.length
  await vi.advanceTimersByTimeAsync(600_000)
  expect(touches).toHaveLength(before)
})

test('a stopping worker waits a minute for a run that does not end, and leaves no timer behind', async () => {
  const { context } = stage(touched)
  const stopping = new AbortController()
  const hanging = holdRun(context, held, stopping.signal, () => new Promise<never>(() => {}))
  const outcome = expect(hanging).rejects.toThrow('did not end when it was told to')
  stopping.abort()
  await vi.advanceTimersByTimeAsync(60_000)
  await outcome
  expect(vi.getTimerCount()).toBe(0)
})

test('a stopping worker ends its run', async () => {
  const { context } = stage(touched)
  const stopping = new AbortController()
  const run = holdRun(context, held, stopping.signal, untilAborted)
  stopping.abort()
  expect(await run).toBe('ended in order')
})
