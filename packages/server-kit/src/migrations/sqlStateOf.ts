/** The SQLSTATE that an error carries, whichever client threw it; null where it carries none. */
export const sqlStateOf = (error: unknown): string | null => {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code, sqlState } = at as { code?: unknown; sqlState?: unknown }
    if (typeof sqlState === 'string') return sqlState
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code
  }
  return null
}
