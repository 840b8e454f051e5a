const v4Pattern = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/** What only machines beside this one have: loopback, private networks, link-local, carriers' inner networks. */
const innerV4 = [
  /^(10|127|0)\./,
  /^192\.168\./,
  /^169\.254\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
]

/** Without a port and a zone: `1.2.3.4:5678`, `[2001:db8::1]:443` and `fe80::1%eth0` are seen in forwarded headers. */
const bareAddress = (address: string): string => {
  const bracketed = /^\[([^\]]*)\]/.exec(address)?.[1]
  const text = bracketed ?? address.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  return (text.split('%')[0] ?? '').trim().toLowerCase()
}

/** The eight groups of an IPv6 address; null where it is none. */
const toGroups = (address: string): number[] | null => {
  if (!address.includes(':') || !URL.canParse(`http://[${address}]/`)) return null
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::')
  const read = (part: string): number[] => (part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16)))
  const left = read(head)
  if (tail === undefined) return left
  const right = read(tail)
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right]
}

const blockOfV4 = (address: string): string | null => (innerV4.some(inner => inner.test(address)) ? null : address)

const blockOfV6 = (groups: number[]): string | null => {
  const [first = 0, , , , , mark, high = 0, low = 0] = groups
  if (groups.slice(0, 5).every(group => group === 0)) {
    if (mark === 0xffff) return blockOfV4([high >> 8, high & 255, low >> 8, low & 255].join('.'))
    if (mark === 0 && high === 0 && low <= 1) return null
  }
  if ((first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80) return null
  const network = groups.slice(0, 4).map(group => group.toString(16))
  return `${network.join(':')}::/64`
}

/**
 * What one caller has at most: an IPv4 address, or the /64 that every IPv6 household is given. Null for an inner
 * address: that names a proxy nobody configured or this machine, and all buyers would share it.
 */
export const addressBlock = (address: string): string | null => {
  const bare = bareAddress(address)
  if (v4Pattern.test(bare)) return blockOfV4(bare)
  const groups = toGroups(bare)
  return groups ? blockOfV6(groups) : bare.slice(0, 64) || null
}
