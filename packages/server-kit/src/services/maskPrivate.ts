import { maskSecrets } from './maskSecrets.ts'

/** Beyond secrets: words such as `Basic` stand in names as well, so only what leaves the house is searched for these. */
const privateShapes: readonly [RegExp, string][] = [
  [/\bpk_(live|test)_[A-Za-z0-9]+/g, 'pk_$1_***'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]+/gi, '$1 ***'],
  [/[^\s<>()[\]{}"',;:@]+@[^\s<>()[\]{}"',;:@]+\.[^\s<>()[\]{}"',;:@.]+/gu, '***@***'],
]

const maskText = (text: string): string =>
  privateShapes.reduce((masked, [shape, mask]) => masked.replace(shape, mask), maskSecrets(text))

/** A value of JSON without e-mail addresses and secrets: alerts leave the house, and pages are shown around. */
export const maskPrivate = <Value>(value: Value): Value => {
  if (typeof value === 'string') return maskText(value) as Value
  if (Array.isArray(value)) return value.map(maskPrivate) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, maskPrivate(item)])) as Value
}
