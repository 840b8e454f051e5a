import { type FeedGap, type FeedPage, type FeedPost, rankOf } from './FeedPage.ts'
import { covers } from './operation.ts'

/** A page as it was committed, with the parameter it was asked by. */
export interface CommittedPage {
  readonly param: string | null
  readonly page: FeedPage
}

/** What was listed from `upper` down: everything from there to the page's last row, or to the feed's end. */
export interface ListedRange {
  /** Exclusive; null: from the top. */
  readonly upper: string | null
  /** The rank down to which the list told everything. */
  readonly lower: string
  readonly page: FeedPage
  /** Rows that do not prove that the ones under them are known: they came after news were lost. */
  readonly loose: ReadonlySet<string>
}

/** The rank down to which a page tells everything. */
export const lowerEnd = ({ items, nextCursor }: FeedPage): string => {
  const last = items.at(-1)
  return nextCursor === null || !last ? '' : rankOf(last)
}

/**
 * Merges a listed range into the committed pages by position: what it covers is as it says, the rest stays. Where it
 * does not reach the rows below it, a gap says so. Later pages keep their parameters, so nothing is listed again.
 */
export const mergeRange = (pages: readonly CommittedPage[], listed: ListedRange): readonly CommittedPage[] => {
  const [first, ...later] = pages
  if (!first) return [{ param: null, page: listed.page }]
  const range = { upper: listed.upper, lower: listed.lower }
  const listedIds = new Set(listed.page.items.map(post => post.id))
  const stays = (post: FeedPost) => !covers(range, rankOf(post)) && !listedIds.has(post.id)
  const rest = pages.map(({ page }) => page.items.filter(stays))
  const items = [...listed.page.items, ...(rest[0] ?? [])].toSorted(byRank)
  // Down to the feed's end: there is nothing further to load.
  if (listed.page.nextCursor === null)
    return [{ param: null, page: { ...withGaps(gapsAbove(first.page, range)), items, nextCursor: null } }]
  const below = rest.some(row => row.some(post => rankOf(post) < range.lower))
  const alone = !below && later.length === 0
  const gaps = [...gapsAbove(first.page, range), ...gapsUnder(pages, listed, below)]
  const nextCursor = alone ? listed.page.nextCursor : first.page.nextCursor
  return [
    { param: null, page: { ...withGaps(gaps), items, nextCursor } },
    ...later.map(({ param, page }, at) => ({ param, page: sameRows(page, rest[at + 1] ?? []) })),
  ]
}

interface Range {
  readonly upper: string | null
  readonly lower: string
}

/** Gaps above the range are not its business. */
const gapsAbove = ({ gaps = [] }: FeedPage, { upper }: Range): readonly FeedGap[] =>
  upper === null ? [] : gaps.filter(gap => gap.rank > upper)

/** Gaps under the range, and a new one at its end where it does not reach what is known below. */
const gapsUnder = (pages: readonly CommittedPage[], listed: ListedRange, below: boolean) => {
  const known = pages.flatMap(({ page }) => page.items)
  const gaps = pages[0]?.page.gaps ?? []
  // Pinned rows stand above all others: to meet one says nothing about the rows in between.
  const isMet = (post: FeedPost) => post.pinnedAt === null && covers(listed, rankOf(post)) && !listed.loose.has(post.id)
  const met = known.filter(isMet).map(rankOf)
  const lowestMet = met.toSorted()[0] ?? ''
  const open = met.length === 0 || gaps.some(gap => covers(listed, gap.rank) && gap.rank <= lowestMet)
  const under = gaps.filter(gap => gap.rank < listed.lower)
  if (!open || !below || listed.page.nextCursor === null) return under
  return [{ rank: listed.lower, cursor: listed.page.nextCursor }, ...under]
}

const withGaps = (gaps: readonly FeedGap[]): Pick<FeedPage, 'gaps'> => (gaps.length > 0 ? { gaps } : {})

const sameRows = (page: FeedPage, items: readonly FeedPost[]): FeedPage =>
  items.length === page.items.length ? page : { ...page, items }

/** Code units decide, as they do on the server; not a locale. */
export const byRank = (one: FeedPost, other: FeedPost): number => {
  const [left, right] = [rankOf(one), rankOf(other)]
  return left === right ? 0 : left > right ? -1 : 1
}
