/** What looks like a secret, ours, a gateway's or a sink's, wherever it stands in a text. */
const secretShapes: readonly [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi, '$1***@'],
  [/\b(sk|rk|pk)_(live|test)_[A-Za-z0-9]+/g, '$1_$2_***'],
  [/\bwhsec_[A-Za-z0-9+/=_-]+/g, 'whsec_***'],
  [/\bvk_sec_[A-Za-z0-9_-]+/g, 'vk_sec_***'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]+/gi, '$1 ***'],
  [/https:\/\/hooks\.slack\.com\/[^\s"'<>]*/gi, 'https://hooks.slack.com/***'],
]

const emailShape = /[^\s<>()[\]{}"',;:@]+@[^\s<>()[\]{}"',;:@]+\.[^\s<>()[\]{}"',;:@.]+/gu

const maskText = (text: string): string => {
  let masked = text
  for (const [shape, mask] of secretShapes) masked = masked.replace(shape, mask)
  return masked.replace(emailShape, '***@***')
}

/** A value of JSON without e-mail addresses and secrets: alerts leave the house. */
export const maskPrivate = <Value>(value: Value): Value => {
  if (typeof value === 'string') return maskText(value) as Value
  if (Array.isArray(value)) return value.map(maskPrivate) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, maskPrivate(item)])) as Value
}
