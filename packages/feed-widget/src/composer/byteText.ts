/** `20 MB`, `0.4 MB` in the locale's digits and unit. */
export const byteText = (bytes: number, locale: string): string =>
  (bytes / 1_000_000).toLocaleString(locale, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: bytes < 10_000_000 ? 1 : 0,
  })
