let last: { locale: string; format: Intl.NumberFormat } | null = null

/** `1.2K` for 1,234, in the locale's own way. Making the format costs more than its use: the last one is kept. */
export const compactCount = (count: number, locale: string): string => {
  if (last?.locale !== locale) last = { locale, format: new Intl.NumberFormat(locale, { notation: 'compact' }) }
  return last.format.format(count)
}
