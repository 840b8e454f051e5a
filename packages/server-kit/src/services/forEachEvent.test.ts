import { expect, test } from 'vitest'
import type { Database } from '../ports/database.ts'
import { DatabaseError } from '../ports/databaseError.ts'
import { forEachEvent } from './forEachEvent.ts'
import type { KitContext } from './kitContext.ts'

/** A database that is asked the time only. */
const stage = (call: () => Promise<unknown>): KitContext =>
  ({
    database: { call } as unknown as Database,
    log: { info() {}, warn() {}, error() {} },
  }) as unknown as KitContext
const tooSlow = () => Promise.reject(new DatabaseError('unavailable', 'Query read timeout'))

test('an event whose statement takes too long keeps no other waiting, and the run fails', async () => {
  const done: string[] = []
  const context = stage(async () => ({ now: '2030-01-01T00:00:00Z' }))
  const all = forEachEvent(context, ['huge', 'small', 'other'], undefined, async eventId => {
    if (eventId === 'huge') await tooSlow()
    done.push(eventId)
  })
  await expect(all).rejects.toThrow('1 of 3 events failed: huge')
  expect(done).toEqual(['small', 'other'])
})

test('where the database is away no other event is tried', async () => {
  const tried: string[] = []
  const all = forEachEvent(stage(tooSlow), ['one', 'two'], undefined, async eventId => {
    tried.push(eventId)
    await tooSlow()
  })
  await expect(all).rejects.toThrow('Query read timeout')
  expect(tried).toEqual(['one'])
})
