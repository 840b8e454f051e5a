/** What the address says of an order when the page opens. */
export interface Return {
  token: string
  /** True where the buyer came back without paying. */
  unpaid: boolean
}

const orderPart = 'venuekit-order='
const checkoutPart = 'venuekit-checkout='

const isOurs = (part: string) => part.startsWith(orderPart) || part.startsWith(checkoutPart)

const partsOf = (href: string): [address: string, parts: string[]] => {
  const at = href.indexOf('#')
  return at < 0 ? [href, []] : [href.slice(0, at), href.slice(at + 1).split('&')]
}

const join = (address: string, parts: string[]) => (parts.length > 0 ? `${address}#${parts.join('&')}` : address)

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Reads `#venuekit-order=<token>`, with or without `venuekit-checkout=cancelled`, beside whatever else is there. */
export const readReturn = (href: string): Return | null => {
  const [, parts] = partsOf(href)
  const token = parts.find(part => part.startsWith(orderPart))?.slice(orderPart.length)
  if (!token) return null
  return { token: decode(token), unpaid: parts.some(part => part.startsWith(checkoutPart)) }
}

/** The address without our parts; a fragment of the page's own stays as it was. */
export const cleanAddress = (href: string): string => {
  const [address, parts] = partsOf(href)
  return join(
    address,
    parts.filter(part => !isOurs(part)),
  )
}

/** The address with the order in its fragment: the memory of last resort. */
export const addressWith = (href: string, token: string, unpaid: boolean): string => {
  const [address, parts] = partsOf(cleanAddress(href))
  const ours = [orderPart + token, ...(unpaid ? [`${checkoutPart}open`] : [])]
  return join(address, [...parts.filter(Boolean), ...ours])
}
