import { niceTicks } from './niceTicks.ts'
import { type PlotFrame, slotStart } from './plotFrame.ts'
import type { Series } from './toSeries.ts'

const height = 92
const top = 8
const base = height - 1

const yOf = (value: number, highest: number): number => base - (value / highest) * (base - top)

const Bars = ({ series, frame, highest }: { series: Series; frame: PlotFrame; highest: number }) => {
  const width = Math.max(1, frame.slot - Math.min(3, frame.slot * 0.25))
  return (
    <g class="bars">
      {series.values.map((value, index) => {
        if (value <= 0) return null
        const y = Math.min(yOf(value, highest), base - 1.5)
        const x = slotStart(frame, index) + (frame.slot - width) / 2
        return <rect key={index} x={x} y={y} width={width} height={base - y} rx={Math.min(2, width / 3)} />
      })}
    </g>
  )
}

/** Steps: what stood at the end of each bucket. */
const Area = ({ series, frame, highest }: { series: Series; frame: PlotFrame; highest: number }) => {
  const line = series.values
    .map((value, index) => {
      const x = slotStart(frame, index)
      const y = yOf(Math.max(0, value), highest)
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}H${(x + frame.slot).toFixed(1)}`
    })
    .join('')
  return (
    <g class="area">
      <path class="area-fill" d={`${line}V${base}H${frame.left}Z`} />
      <path class="area-line" d={line} fill="none" />
    </g>
  )
}

const shapes = { bars: Bars, area: Area }

interface PlotRowProps {
  series: Series
  frame: PlotFrame
  /** Buckets that begin a tick. */
  ticks: readonly number[]
  /** The bucket that is read out; null for none. */
  active: number | null
}

/** One row of the plots. For eyes only: the slider beside it and the table say the same. */
export const PlotRow = ({ series, frame, ticks, active }: PlotRowProps) => {
  const values = niceTicks(Math.max(0, ...series.values), 2)
  const highest = values.at(-1) ?? 1
  const Shape = shapes[series.shape]
  return (
    <svg
      class={`plot plot-${series.shape}`}
      width={frame.width}
      height={height}
      aria-hidden="true"
      data-series={series.id}
    >
      <g class="grid">
        {values.map(value => (
          <g key={value}>
            <line x1={frame.left} x2={frame.right} y1={yOf(value, highest)} y2={yOf(value, highest)} />
            <text x={frame.left - 8} y={yOf(value, highest)} dy={value === 0 ? '0' : '.32em'} text-anchor="end">
              {series.axisText(value)}
            </text>
          </g>
        ))}
        {ticks.map(index => (
          <line
            key={index}
            class="grid-time"
            x1={slotStart(frame, index)}
            x2={slotStart(frame, index)}
            y1={top}
            y2={base}
          />
        ))}
      </g>
      <Shape series={series} frame={frame} highest={highest} />
      {active !== null && (
        <rect class="cursor" x={slotStart(frame, active)} y={0} width={frame.slot} height={height} rx="2" />
      )}
    </svg>
  )
}
