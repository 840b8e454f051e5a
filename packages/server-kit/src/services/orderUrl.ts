import { orderFragment } from '@venuekit/core/contracts'

const checkoutFragment = 'venuekit-checkout'

const isOurs = (part: string): boolean =>
  part.startsWith(`${orderFragment}=`) || part.startsWith(`${checkoutFragment}=`)

/** The page without what we once put into its fragment; the page's own fragment stays. */
export const withoutOrder = (pageUrl: string): string => {
  const [page = '', ...fragment] = pageUrl.split('#')
  const kept = fragment
    .join('#')
    .split('&')
    .filter(part => part !== '' && !isOurs(part))
    .join('&')
  return kept === '' ? page : `${page}#${kept}`
}

/** The page of the venue's that shows the order: the token travels in the fragment, which no server sees. */
export const orderUrl = (pageUrl: string, token: string, checkout?: 'cancelled'): string => {
  const page = withoutOrder(pageUrl)
  const separator = page.includes('#') ? '&' : '#'
  const suffix = checkout ? `&${checkoutFragment}=${checkout}` : ''
  return `${page}${separator}${orderFragment}=${token}${suffix}`
}
