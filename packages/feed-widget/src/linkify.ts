/** A stretch of a post's text: plain, or an address that may be opened. */
export interface TextPart {
  readonly text: string
  readonly href: string | null
}

const candidate = /\bhttps?:\/\/[^\s<>"“”]+/giu
const trailing = /[.,;:!?'’"”…*_~]+$/u
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
  let kept = address
  for (;;) {
    let next = kept.replace(trailing, '')
    for (const [open, close] of pairs) {
      if (next.endsWith(close) && count(next, close) > count(next, open)) next = next.slice(0, -1)
    }
    if (next === kept) return kept
    kept = next
  }
}

const count = (text: string, character: string): number => text.split(character).length - 1

/** The address as the browser would open it, or null where it is none or not of the web. */
const webAddress = (address: string): string | null => {
  const url = URL.canParse(address) ? new URL(address) : null
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null
}
