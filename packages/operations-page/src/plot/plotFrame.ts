/** Where the buckets of a plot stand, in pixels of the drawing. */
export interface PlotFrame {
  width: number
  left: number
  right: number
  /** Of one bucket. */
  slot: number
}

const axisRoom = 52
const rightRoom = 6

export const plotFrame = (width: number, buckets: number): PlotFrame => {
  const inner = Math.max(1, width - axisRoom - rightRoom)
  return { width, left: axisRoom, right: width - rightRoom, slot: inner / Math.max(1, buckets) }
}

/** The left edge of a bucket. */
export const slotStart = (frame: PlotFrame, index: number): number => frame.left + index * frame.slot

/** The bucket below a point, the nearest one where the point lies beside the plot. */
export const slotAt = (frame: PlotFrame, x: number, buckets: number): number =>
  Math.min(buckets - 1, Math.max(0, Math.floor((x - frame.left) / frame.slot)))
