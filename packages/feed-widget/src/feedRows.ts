import { type FeedGap, type FeedPage, type FeedPost, rankOf, renderKey } from '@venuekit/core'
import type { Draft } from './drafts.ts'
import { type FeedRow, isSameRow, type RowProblem } from './feedRow.ts'

interface RowSources {
  /** The feed with this viewer's operations folded in; null before it was loaded. */
  data: { readonly pages: readonly FeedPage[] } | null
  /** Oldest first. */
  drafts: readonly Draft[]
  /** What went wrong with posts that are stored, by their row's key. */
  problems: ReadonlyMap<string, RowProblem>
  isOffline: boolean
}

/**
 * The rows to show: pinned posts, then what this visitor has written and the server has not taken, newest first, then
 * the rest. Rows that say the same as in `before` are the same objects, and so is the whole where all are.
 */
export const feedRows = (
  before: readonly FeedRow[],
  { data, drafts, problems, isOffline }: RowSources,
): readonly FeedRow[] => {
  const delivery = isOffline ? 'waiting' : 'sending'
  const posts = data?.pages.flatMap(page => page.items) ?? []
  const gaps = new Map((data?.pages.flatMap(page => page.gaps ?? []) ?? []).map(gap => [gap.rank, gap]))
  const pending = new Map(drafts.map(draft => [draft.clientId, draft]))
  const stored: FeedPost[] = []
  const shown = new Map<string, FeedPost>()
  for (const post of posts) {
    const key = renderKey(post)
    if (post.pending && pending.has(key)) shown.set(key, post)
    else {
      stored.push(post)
      pending.delete(key)
    }
  }
  const own = [...pending.values()].reverse().map(draft => {
    const row = draftRow(draft, shown.get(draft.clientId), delivery)
    const same = before.find(({ key }) => key === row.key)
    return same && isSameRow(same, row) ? same : row
  })
  const rest = stored.map(post => storedRow(post, { problems, gaps, delivery }))
  const pinned = stored.findIndex(post => post.pinnedAt === null)
  const rows = rest.toSpliced(pinned === -1 ? rest.length : pinned, 0, ...own)
  return rows.length === before.length && rows.every((row, at) => row === before[at]) ? before : rows
}

type UnderWay = 'sending' | 'waiting'

const draftRow = ({ clientId, post, problem }: Draft, shown: FeedPost | undefined, delivery: UnderWay): FeedRow => ({
  key: clientId,
  post: shown ?? post,
  delivery: problem ? 'failed' : delivery,
  problem,
  gap: null,
})

interface Known {
  problems: ReadonlyMap<string, RowProblem>
  gaps: ReadonlyMap<string, FeedGap>
  delivery: UnderWay
}

/** Each post's row as it was last made: of 10,000 rows those of changed posts are made anew, and no key is looked up. */
const made = new WeakMap<FeedPost, FeedRow>()

const storedRow = (post: FeedPost, { problems, gaps, delivery }: Known): FeedRow => {
  const key = renderKey(post)
  const gap = gaps.size > 0 ? (gaps.get(rankOf(post)) ?? null) : null
  const problem = problems.get(key) ?? null
  const row: FeedRow = { key, post, delivery: post.pending ? delivery : 'sent', problem, gap }
  const same = made.get(post)
  if (same && isSameRow(same, row)) return same
  made.set(post, row)
  return row
}
