import { type PlotFrame, slotStart } from './plotFrame.ts'
import type { TimeTick } from './timeTicks.ts'

export const TimeAxis = ({ frame, ticks }: { frame: PlotFrame; ticks: readonly TimeTick[] }) => (
  <svg class="time-axis" width={frame.width} height="20" aria-hidden="true">
    {ticks.map(({ index, text, strong }) => (
      <text key={index} x={slotStart(frame, index)} y="14" class={strong ? 'is-strong' : ''}>
        {text}
      </text>
    ))}
  </svg>
)
