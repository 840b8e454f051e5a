/*
 * Base45 (RFC 9285), the alphabet of QR's alphanumeric mode. Ours, since the packages there are take more than they
 * write: one reads characters outside the alphabet, the other those beyond Latin-1 and the wrong part of a view.
 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

const digitsOf = (value: number, count: number): string =>
  Array.from({ length: count }, (_, place) => alphabet.charAt(Math.floor(value / 45 ** place) % 45)).join('')

/** Two bytes are three characters, a last single byte is two. */
export const toBase45 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const [high = 0, low] = bytes.subarray(at, at + 2)
    text += low === undefined ? digitsOf(high, 2) : digitsOf(high * 256 + low, 3)
  }
  return text
}

const numberOf = (group: string): number =>
  [...group].reduce((value, sign, place) => value + alphabet.indexOf(sign) * 45 ** place, 0)

const isGroup = (group: string): boolean => group.length > 1 && [...group].every(sign => alphabet.includes(sign))

/** Null where the text is not the one form that `toBase45` writes: bytes have one spelling only. */
export const fromBase45 = (text: string): Uint8Array<ArrayBuffer> | null => {
  const bytes: number[] = []
  for (const group of text.match(/.{1,3}/gs) ?? []) {
    const value = isGroup(group) ? numberOf(group) : Number.POSITIVE_INFINITY
    if (value > (group.length === 3 ? 0xffff : 0xff)) return null
    if (group.length === 3) bytes.push(value >> 8)
    bytes.push(value & 0xff)
  }
  return Uint8Array.from(bytes)
}
