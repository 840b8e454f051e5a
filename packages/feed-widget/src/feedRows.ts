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
  const own = [...pending.values()].reverse().map(draft => draftRow(draft, shown.get(draft.clientId), delivery))
  const rest = stored.map(post => storedRow(post, { problems, gaps, delivery }))
  const pinned = stored.findIndex(post => post.pinnedAt === null)
  return share(before, rest.toSpliced(pinned === -1 ? rest.length : pinned, 0, ...own))
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

const storedRow = (post: FeedPost, { problems, gaps, delivery }: Known): FeedRow => {
  const key = renderKey(post)
  const gap = gaps.get(rankOf(post)) ?? null
  return { key, post, delivery: post.pending ? delivery : 'sent', problem: problems.get(key) ?? null, gap }
}

const share = (before: readonly FeedRow[], rows: readonly FeedRow[]): readonly FeedRow[] => {
  const known = new Map(before.map(row => [row.key, row]))
  const shared = rows.map(row => {
    const same = known.get(row.key)
    return same && isSameRow(same, row) ? same : row
  })
  return shared.length === before.length && shared.every((row, at) => row === before[at]) ? before : shared
}
