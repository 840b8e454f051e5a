import type { Verdict, VerdictPage } from './reconciliationRun.ts'

export const ownPageSize = 100

/**
 * Rows of ours, judged in pages. `read` answers the first ones that the run has not dealt with, so it must be asked
 * again only after the page was saved, which is what the consumer does between two pages.
 */
export async function* ownPages<Row>(
  read: () => Promise<Row[]>,
  judge: (row: Row) => Promise<Verdict>,
): AsyncGenerator<VerdictPage> {
  for (let rows = await read(); rows.length > 0; rows = await read()) {
    const verdicts: Verdict[] = []
    for (const row of rows) verdicts.push(await judge(row))
    yield { verdicts, cursor: null }
    if (rows.length < ownPageSize) return
  }
}
