import type { FeedPost } from '@venuekit/core'
import { describe, expect, it } from 'vitest'
import { createDraft, type Draft } from './drafts.ts'
import type { RowProblem } from './feedRow.ts'
import { feedRows } from './feedRows.ts'

const viewer = { id: 'maya', name: 'Maya' }
const problem: RowProblem = { action: 'create', code: 'network', canRetry: true }
const draft = (clientId: string, failed = false): Draft => ({
  ...createDraft({ clientId, text: clientId, media: [], feedId: 'f', viewer, createdAt: new Date(0) }),
  problem: failed ? problem : null,
})
const post = (id: string, extra: Partial<FeedPost> = {}): FeedPost => ({
  ...draft(id).post,
  clientId: null,
  position: id,
  pending: undefined as never,
  ...extra,
})
const page = (...items: FeedPost[]) => ({ items, nextCursor: null })
const rowsOf = (items: FeedPost[], drafts: Draft[] = [], isOffline = false) =>
  feedRows([], { data: { pages: [page(...items)] }, drafts, problems: new Map(), isOffline })
const keys = (rows: readonly { key: string }[]) => rows.map(row => row.key)

describe('feedRows', () => {
  it('puts drafts under pinned posts, newest first', () => {
    const pinned = post('p', { pinnedAt: '2026-01-01T00:00:00.000Z' })
    expect(keys(rowsOf([pinned, post('2'), post('1')], [draft('a'), draft('b')]))).toEqual(['p', 'b', 'a', '2', '1'])
  })

  it('shows a draft once, whether or not the feed holds its row, and its failure in either case', () => {
    const pending = draft('a').post
    expect(keys(rowsOf([pending, post('1')], [draft('a')]))).toEqual(['a', '1'])
    expect(rowsOf([pending], [draft('a', true)])[0]).toMatchObject({ delivery: 'failed', problem })
  })

  it('says that what is not stored waits while the server cannot be reached, but not what failed', () => {
    const rows = rowsOf([draft('a').post, post('1')], [draft('a'), draft('b'), draft('c', true)], true)
    expect(rows.map(({ delivery }) => delivery)).toEqual(['failed', 'waiting', 'waiting', 'sent'])
  })

  it("leaves a post where the server put it once it is the server's", () => {
    const stored = post('2', { clientId: 'a' })
    const rows = rowsOf([post('3'), stored, post('1')], [draft('a')])
    expect(keys(rows)).toEqual(['3', 'a', '1'])
    expect(rows[1]).toMatchObject({ delivery: 'sent', post: stored })
  })

  it('keeps rows that say the same as before, wherever they stand, and the whole where all do', () => {
    const items = [post('2'), post('1')]
    const before = rowsOf(items)
    const sources = { drafts: [], problems: new Map(), isOffline: false }
    expect(feedRows(before, { data: { pages: [page(...items)] }, ...sources })).toBe(before)
    const after = feedRows(before, { data: { pages: [page(post('3'), ...items)] }, ...sources })
    expect(after[1]).toBe(before[0])
    expect(after[2]).toBe(before[1])
  })

  it('makes another row where only the problem or the gap differs', () => {
    const items = [post('2')]
    const before = rowsOf(items)
    const failed = feedRows(before, {
      data: { pages: [page(...items)] },
      drafts: [],
      problems: new Map([['2', { ...problem, action: 'delete' as const }]]),
      isOffline: false,
    })
    expect(failed[0]).not.toBe(before[0])
    const gaps = [{ rank: '02', cursor: 'c' }]
    const sources = { drafts: [], problems: new Map(), isOffline: false }
    const open = feedRows(before, { data: { pages: [{ ...page(...items), gaps }] }, ...sources })
    expect(open[0]?.gap).toBe(gaps[0])
  })
})
