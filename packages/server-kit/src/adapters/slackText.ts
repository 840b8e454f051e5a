/** The three that Slack reads as its own in every text: https://docs.slack.dev/messaging/formatting-message-text */
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Control characters, and those that turn the direction of what follows or are not seen at all. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu
const callsEverybody = /@(?=(channel|here|everyone)\b)/gi

/** A text of anybody's for Slack: nothing in it is a mention or a link, and it is cut at so many characters. */
export const slackText = (text: string, limit: number): string => {
  const seen = text.replace(unseen, ' ').replace(callsEverybody, '@ ')
  let escaped = ''
  for (const character of seen) {
    const next = escapes[character] ?? character
    if (escaped.length + next.length > limit - 1) return `${escaped}…`
    escaped += next
  }
  // An empty text is refused.
  return escaped === '' ? ' ' : escaped
}
