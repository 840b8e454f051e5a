/** A stretch of a post's text: plain, or an address that may be opened. */
export interface TextPart {
  readonly text: string
  readonly href: string | null
}

const candidate = /\bhttps?:\/\/[^\s<>"“”]+/giu
const punctuation = '.,;:!?\'’"”…*_~'
const pairs = [
  ['(', ')'],
  ['[', ']'],
] as const

/**
 * Splits text at its http and https addresses. Everything else, markup included, stays text; an address loses the
 * punctuation of the sentence around it, and keeps a closing bracket only where it opened one.
 */
export const linkify = (text: string): TextPart[] => {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(candidate)) {
    const address = withoutSentence(match[0])
    const href = webAddress(address)
    if (href === null) continue
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null })
    parts.push({ text: address, href })
    end = match.index + address.length
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null })
  return parts
}

const withoutSentence = (address: string): string => {
  const unopened = new Map<string, number>(
    pairs.map(([open, close]) => [close, count(address, close) - count(address, open)]),
  )
  let end = address.length
  for (; end > 0; end--) {
    const last = address.charAt(end - 1)
    const left = unopened.get(last) ?? 0
    if (left > 0) unopened.set(last, left - 1)
    else if (!punctuation.includes(last)) break
  }
  return address.slice(0, end)
}

const count = (text: string, character: string): number => text.split(character).length - 1

/** The address as the browser would open it, or null where it is none or not of the web. */
const webAddress = (address: string): string | null => {
  const url = URL.canParse(address) ? new URL(address) : null
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null
}
