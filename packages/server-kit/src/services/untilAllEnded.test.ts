import { expect, test } from 'vitest'
import { untilAllEnded } from './untilAllEnded.ts'

test('rejects as the first that did, and only once every other has ended', async () => {
  const ended: string[] = []
  let end = (_answer: string) => {}
  const slow = new Promise<string>(resolve => {
    end = resolve
  }).then(answer => void ended.push(answer))
  const all = untilAllEnded([Promise.reject(new Error('at once')), slow]).catch((error: Error) => {
    ended.push(error.message)
  })
  await Promise.resolve()
  expect(ended).toEqual([])
  end('slow')
  await all
  expect(ended).toEqual(['slow', 'at once'])
})

test('answers what all of them did, in their order', async () => {
  expect(await untilAllEnded([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2])
})
