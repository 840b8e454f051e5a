import type { Sales } from '@venuekit/core/contracts'
import { countText } from '../format/countText.ts'
import { moneyListText } from '../format/moneyText.ts'
import { bucketText } from './bucketText.ts'

/** The plots' figures as a table, the newest first. */
export const SalesTable = ({ sales, now }: { sales: Sales; now: number }) => {
  const rows = sales.buckets.map((bucket, index) => ({ ...bucket, when: bucketText(sales, index, now) })).reverse()
  return (
    <details class="more">
      <summary>As a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls by keyboard must reach it. */}
      <section class="table-scroll" tabIndex={0} aria-label="Sales as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Issued</th>
              <th scope="col">Given back</th>
              <th scope="col">Reserved at its end</th>
              <th scope="col">Money taken</th>
              <th scope="col">Money back</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.startsAt}>
                <th scope="row">{row.when}</th>
                <td>{countText(row.issued)}</td>
                <td>{countText(row.returned)}</td>
                <td>{countText(row.reserved)}</td>
                <td>{moneyListText(row.taken)}</td>
                <td>{moneyListText(row.givenBack)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
