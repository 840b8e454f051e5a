/** What looks like a secret, ours, a gateway's or a sink's, wherever it stands in a text. */
const secretShapes: readonly [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi, '$1***@'],
  [/\b(sk|rk)_(live|test)_[A-Za-z0-9]+/g, '$1_$2_***'],
  [/\bwhsec_[^\s"'<>]+/g, 'whsec_***'],
  [/\bvk_(sec|scan|ticket_sec)_[A-Za-z0-9_-]+/g, 'vk_$1_***'],
  [/https:\/\/hooks\.slack\.com\/[^\s"'<>]*/gi, 'https://hooks.slack.com/***'],
]

/** A text without what has the shape of a secret; masking it twice changes nothing. */
export const maskSecrets = (text: string): string =>
  secretShapes.reduce((masked, [shape, mask]) => masked.replace(shape, mask), text)
