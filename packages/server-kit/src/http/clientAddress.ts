/**
 * Each trusted proxy appends the address it was called from, so the caller's stands as many places from the end of
 * `X-Forwarded-For` as there are proxies. What stands further left is whatever the caller wrote.
 */
export const clientAddress = (request: Request, direct: string | null, trustedHops: number): string | null => {
  if (trustedHops === 0) return direct
  const forwarded = (request.headers.get('x-forwarded-for') ?? '').split(',').map(address => address.trim())
  return forwarded.at(-trustedHops) || direct
}
