import type { GatewayWindow } from '../ports/gatewayListing.ts'
import type { ReconciliationRun, Verdict, VerdictPage } from './reconciliationRun.ts'

const pageSize = 100

/** A list of the gateway's, judged in pages. */
export async function* gatewayPages<Item extends { id: string }>(
  run: ReconciliationRun,
  cursor: string | null,
  list: (window: GatewayWindow) => AsyncIterable<Item>,
  judge: (items: Item[]) => Promise<Verdict[]>,
): AsyncGenerator<VerdictPage> {
  const window = {
    from: Math.floor(Date.parse(run.from) / 1000),
    until: Math.floor(Date.parse(run.until) / 1000),
    after: cursor,
    beforeRequest: run.pace,
  }
  let page: Item[] = []
  for await (const item of list(window)) {
    page.push(item)
    if (page.length < pageSize) continue
    yield { verdicts: await judge(page), cursor: item.id }
    page = []
  }
  const last = page.at(-1)
  if (last) yield { verdicts: await judge(page), cursor: last.id }
}
