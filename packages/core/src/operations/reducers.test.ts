import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { feedId, idOf, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import type { FeedPage } from './FeedPage.ts'
import { kindOf } from './kinds.ts'
import type { Entry } from './operation.ts'
import { pendingPost } from './pendingPost.ts'

const known = new ScriptedFeed(12).posts
const author = { id: 'ada', name: 'Ada', avatarUrl: null }

/** Some of twelve posts, in order, cut into pages. */
const pages = fc.tuple(fc.subarray([...known]), fc.nat(4), fc.boolean()).map(([posts, size, complete]): FeedPage[] => {
  const first = posts.slice(0, size)
  const second = posts.slice(size)
  return [
    { items: first, nextCursor: 'second' },
    { items: second, nextCursor: complete ? null : 'third' },
  ]
})

const create = fc.tuple(fc.nat(11), fc.boolean()).map(([at, acked]): Entry => {
  const post = known[at] ?? null
  const request = { clientId: post?.clientId ?? idOf(1), text: 'mine' }
  const op = { kind: 'create', opId: `c${at}`, feedId, clientId: request.clientId, request } as const
  return {
    op: { ...op, post: pendingPost({ feedId, request, author, media: [], now: 0 }) },
    ack: acked ? { seq: 1, at: 0, post } : null,
  }
})

const remove = fc.nat(11).map((at): Entry => {
  const { id = null, clientId = null } = known[at] ?? {}
  return { op: { kind: 'delete', opId: `d${at}`, feedId, clientId, postId: id }, ack: null }
})

const react = fc.tuple(fc.nat(11), fc.boolean()).map(([at, reacted]): Entry => {
  const { id = null, clientId = null } = known[at] ?? {}
  return { op: { kind: 'react', opId: `r${at}`, feedId, clientId, postId: id, reacted }, ack: null }
})

const any = fc.oneof(create, remove, react)

const reduce = (entry: Entry, before: readonly FeedPage[]) => kindOf(entry.op).reduce(before, entry)

test('doing an operation twice is doing it once', () => {
  fc.assert(
    fc.property(pages, any, (before, entry) => {
      const once = reduce(entry, before)
      expect(reduce(entry, once)).toBe(once)
    }),
  )
})

test('an operation leaves its input alone, changes one page at most and keeps every other row', () => {
  fc.assert(
    fc.property(pages, any, (before, entry) => {
      const copy = structuredClone(before)
      const after = reduce(entry, before)
      expect(before).toEqual(copy)
      expect(after.filter((page, at) => page !== before[at]).length).toBeLessThanOrEqual(1)
      const rows = new Set(after.flatMap(page => page.items))
      const lost = before.flatMap(page => page.items).filter(row => !rows.has(row))
      expect(lost.length).toBeLessThanOrEqual(entry.op.kind === 'create' ? 0 : 1)
    }),
  )
})

test('where nothing is loaded, nothing shows', () => {
  fc.assert(
    fc.property(any, entry => {
      expect(reduce(entry, [])).toEqual([])
    }),
  )
})
