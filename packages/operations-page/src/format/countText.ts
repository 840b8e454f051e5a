const whole = new Intl.NumberFormat('en')
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** A count, such as `12,480`. */
export const countText = (count: number): string => whole.format(count)

/** A count where there is little room, such as `12.5K`. */
export const shortCountText = (count: number): string => (Math.abs(count) < 10_000 ? whole : compact).format(count)

/** `1 event`, `2 events`. */
export const countedText = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`

/** A share as a percentage that never says 0 for some nor 100 for less than all. */
export const shareText = (part: number, whole: number): string => {
  if (whole <= 0) return '–'
  const percent = (100 * part) / whole
  if (percent > 0 && percent < 1) return '<1%'
  if (percent > 99 && percent < 100) return '99%'
  return `${Math.round(percent)}%`
}
