/** The 16 bytes of a UUID. Throws where it is none. */
export const toUuidBytes = (uuid: string): Uint8Array => {
  const digits = uuid.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/i.test(digits)) throw new TypeError('not a UUID')
  return Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16))
}

/** In lower case. */
export const fromUuidBytes = (bytes: Uint8Array): string => {
  const digits = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
