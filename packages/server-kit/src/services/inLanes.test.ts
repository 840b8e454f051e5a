import { expect, test } from 'vitest'
import { inLanes } from './inLanes.ts'

test('one that never ends keeps a lane, and the others go on', async () => {
  const done: number[] = []
  let letGo = () => {}
  const all = inLanes([1, 2, 3, 4, 5], 2, async item => {
    if (item === 1) {
      await new Promise<void>(resolve => {
        letGo = resolve
      })
    }
    done.push(item)
    if (item === 5) letGo()
  })
  await all
  expect(done).toEqual([2, 3, 4, 5, 1])
})

test('never more at once than there are lanes', async () => {
  let atWork = 0
  let most = 0
  await inLanes([...Array(20).keys()], 3, async () => {
    atWork += 1
    most = Math.max(most, atWork)
    await Promise.resolve()
    atWork -= 1
  })
  expect(most).toBe(3)
})

test('one that fails keeps no other from its turn, and is thrown once all are done', async () => {
  const done: number[] = []
  const work = async (item: number) => {
    if (item < 3) throw new Error(`no ${item}`)
    done.push(item)
  }
  await expect(inLanes([1, 2, 3, 4], 1, work)).rejects.toThrow('no 1')
  expect(done).toEqual([3, 4])
})
