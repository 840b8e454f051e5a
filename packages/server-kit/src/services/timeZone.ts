/**
 * True for the IANA names `UTC` and `Area/Place` that this machine's Intl knows. Offsets and abbreviations are none, for
 * Postgres reads them otherwise: the sign the other way, `CET` without summer time, `IST` as Israel's.
 */
export const isTimeZone = (name: string): boolean => {
  if (!/^(utc$|[a-z]+\/)/i.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
