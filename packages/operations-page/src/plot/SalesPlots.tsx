import type { Sales } from '@venuekit/core/contracts'
import { useState } from 'preact/hooks'
import { bucketText } from './bucketText.ts'
import { PlotRow } from './PlotRow.tsx'
import { plotFrame, slotAt } from './plotFrame.ts'
import { SalesTable } from './SalesTable.tsx'
import { TimeAxis } from './TimeAxis.tsx'
import { timeTicks } from './timeTicks.ts'
import { type Series, toSeries } from './toSeries.ts'
import { useWidth } from './useWidth.ts'

/** By how many buckets a key moves. */
const keyMoves: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -12,
  PageUp: 12,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

const readOut = (series: readonly Series[], index: number): string =>
  series.map(({ title, values, text }) => `${title} ${text(values[index] ?? 0)}`).join(', ')

/**
 * Tickets, reservations and money over the same time, one below the other, with one cursor through all. Time runs from
 * the left in every language, as on the axis of a clock.
 */
export const SalesPlots = ({ sales, now }: { sales: Sales; now: number }) => {
  const { element, width } = useWidth<HTMLDivElement>()
  const [active, setActive] = useState<number | null>(null)
  const count = sales.buckets.length
  const series = toSeries(sales)
  const frame = plotFrame(width, count)
  const ticks = timeTicks(sales.buckets, {
    step: sales.step,
    timeZone: sales.timeZone,
    leastSlots: Math.ceil(76 / frame.slot),
  })
  const shown = active === null ? null : Math.min(active, count - 1)
  const read = shown ?? count - 1

  const point = (event: PointerEvent) => {
    const stack = element.current
    if (stack) setActive(slotAt(frame, event.clientX - stack.getBoundingClientRect().left, count))
  }
  const move = (event: KeyboardEvent) => {
    const by = keyMoves[event.key]
    if (by === undefined) return
    event.preventDefault()
    setActive(Math.min(count - 1, Math.max(0, read + by)))
  }

  return (
    <figure class="plots">
      <figcaption>
        <p class="unseen">Over all of this time: {series.map(({ title, total }) => `${title} ${total}`).join('; ')}.</p>
        <p class="read-out">
          <span class="read-out-when">{bucketText(sales, read, now)}</span>
          {series.map(({ id, title, values, text }) => (
            <span key={id} class="read-out-part">
              <span class={`swatch swatch-${id.split('-')[0]}`} aria-hidden="true" />
              {title} <strong>{text(values[read] ?? 0)}</strong>
            </span>
          ))}
        </p>
      </figcaption>
      <div
        class="plot-stack"
        ref={element}
        dir="ltr"
        role="slider"
        tabIndex={0}
        aria-label="Moment of the plots"
        aria-valuemin={0}
        aria-valuemax={count - 1}
        aria-valuenow={read}
        aria-valuetext={`${bucketText(sales, read, now)}: ${readOut(series, read)}`}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setActive(null)}
        onBlur={() => setActive(null)}
        onKeyDown={move}
      >
        {width > 0 && (
          <>
            {series.map(row => (
              <div key={row.id} class="plot-row">
                <p class="plot-title">
                  {row.title} <span>{row.total}</span>
                </p>
                <PlotRow series={row} frame={frame} ticks={ticks.map(({ index }) => index)} active={shown} />
              </div>
            ))}
            <TimeAxis frame={frame} ticks={ticks} />
          </>
        )}
      </div>
      <SalesTable sales={sales} now={now} />
    </figure>
  )
}
