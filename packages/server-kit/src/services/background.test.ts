import { expect, test } from 'vitest'
import { createBackground } from './background.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }

test('asking again during a run means one more run, however often it was asked', async () => {
  const background = createBackground(log)
  let runs = 0
  let release: () => void = () => {}
  const gate = new Promise<void>(resolve => {
    release = resolve
  })
  const work = async () => {
    runs += 1
    await gate
  }
  void background.run('work', work)
  void background.run('work', work)
  void background.run('work', work)
  expect(runs).toBe(1)
  release()
  await background.drain()
  expect(runs).toBe(2)
})

test('the run after one that was told to end does what was asked for last', async () => {
  const background = createBackground(log)
  const stopping = new AbortController()
  const sent: string[] = []
  const work = (what: string, signal?: AbortSignal) => async () => {
    stopping.abort()
    if (!signal?.aborted) sent.push(what)
  }
  void background.run('send', work('of a job that ends', stopping.signal))
  void background.run('send', work('of a sale'))
  await background.drain()
  expect(sent).toEqual(['of a sale'])
})

test('a failure is logged and leaves the next run free', async () => {
  const errors: unknown[] = []
  const background = createBackground({ ...log, error: (message, fields) => errors.push([message, fields]) })
  await background.run('work', async () => {
    throw new Error('broken')
  })
  expect(errors).toHaveLength(1)
  let ran = false
  await background.run('work', async () => {
    ran = true
  })
  expect(ran).toBe(true)
})
