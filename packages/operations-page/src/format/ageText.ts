const steps = [
  { least: 86_400 * 2, seconds: 86_400, unit: 'd' },
  { least: 3600, seconds: 3600, unit: 'h' },
  { least: 60, seconds: 60, unit: 'min' },
  { least: 0, seconds: 1, unit: 's' },
]

/** A length of time in its largest unit, such as `3 min`; never negative. */
export const ageText = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const { seconds: length, unit } = steps.find(({ least }) => seconds >= least) ?? { seconds: 1, unit: 's' }
  return `${Math.floor(seconds / length)} ${unit}`
}

/** How often something happens, such as `every 5 min`. */
export const everyText = (seconds: number): string =>
  seconds % 3600 === 0
    ? seconds === 3600
      ? 'hourly'
      : `every ${seconds / 3600} h`
    : seconds % 60 === 0
      ? `every ${seconds / 60 === 1 ? '' : `${seconds / 60} `}min`
      : `every ${seconds} s`
