/** A length of time as players show it, such as `0:06`, in the locale's digits. */
export const clockText = (seconds: number, locale: string): string => {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number) => value.toLocaleString(locale, { minimumIntegerDigits: 2 })
  return `${Math.floor(whole / 60).toLocaleString(locale)}:${two(whole % 60)}`
}
