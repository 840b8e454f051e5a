import { compareEach } from './compareEach.ts'
import type { ComparisonPage, Subject, Verdict } from './reconciliationRun.ts'

export const ownPageSize = 100

/** How rows of ours are gone through. */
export interface OwnList<Row> {
  /** The first ones that the run has not dealt with: asked again only after the page was saved, by the consumer. */
  read: () => Promise<Row[]>
  /** Its `subject` is the mark by which `read` leaves the row out. */
  identify: (row: Row) => Subject
  judge: (row: Row) => Promise<Verdict>
}

/** Rows of ours, judged in pages. */
export async function* ownPages<Row>({ read, identify, judge }: OwnList<Row>): AsyncGenerator<ComparisonPage> {
  for (let rows = await read(); rows.length > 0; rows = await read()) {
    yield { comparisons: await compareEach(rows, identify, judge), cursor: null }
    if (rows.length < ownPageSize) return
  }
}
