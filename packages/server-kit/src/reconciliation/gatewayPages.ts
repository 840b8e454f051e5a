import type { GatewayWindow } from '../ports/gatewayListing.ts'
import { compareEach } from './compareEach.ts'
import type { ComparisonPage, ReconciliationRun, Subject, Verdict } from './reconciliationRun.ts'

const pageSize = 100

/** How one of the gateway's lists is gone through. */
export interface GatewayList<Item> {
  list: (window: GatewayWindow) => AsyncIterable<Item>
  identify: (item: Item) => Subject
  /** Reads what we know of a page, and answers what judges each of its items by that. */
  prepare: (items: Item[]) => Promise<(item: Item) => Promise<Verdict>>
}

/** A list of the gateway's, judged in pages. */
export async function* gatewayPages<Item extends { id: string }>(
  run: ReconciliationRun,
  cursor: string | null,
  { list, identify, prepare }: GatewayList<Item>,
): AsyncGenerator<ComparisonPage> {
  const window = {
    from: Math.floor(Date.parse(run.from) / 1000),
    until: Math.floor(Date.parse(run.until) / 1000),
    after: cursor,
    beforeRequest: run.pace,
  }
  const compare = async (items: Item[], last: Item): Promise<ComparisonPage> => ({
    comparisons: await compareEach(items, identify, await prepare(items)),
    cursor: last.id,
  })
  let page: Item[] = []
  for await (const item of list(window)) {
    page.push(item)
    if (page.length < pageSize) continue
    yield await compare(page, item)
    page = []
  }
  const last = page.at(-1)
  if (last) yield await compare(page, last)
}
