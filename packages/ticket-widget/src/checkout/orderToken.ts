/** What an order token tells its bearer without any secret: which order of which event. */
export interface OrderReference {
  eventId: string
  orderId: string
}

/** Reads `vko_<keyId>.<base64url(event id, order id, version)>.<signature>`; null where the text is nothing of the kind. */
export const readOrderToken = (token: string): OrderReference | null => {
  const payload = /^vko_[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1]
  if (!payload) return null
  try {
    const bytes = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    return bytes.length < 32 ? null : { eventId: uuidAt(bytes, 0), orderId: uuidAt(bytes, 16) }
  } catch {
    return null
  }
}

const uuidAt = (bytes: string, start: number): string => {
  const hex = [...bytes.slice(start, start + 16)].map(char => char.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
