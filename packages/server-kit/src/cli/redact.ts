/** What looks like a secret wherever it stands, known to us or not. */
const secretShapes: readonly [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi, '$1***@'],
  [/\b(sk|rk)_(live|test)_[A-Za-z0-9]+/g, '$1_$2_***'],
  [/\bwhsec_[^\s"'<>]+/g, 'whsec_***'],
  [/\bvk_(sec|scan|ticket_sec)_[A-Za-z0-9_-]+/g, 'vk_$1_***'],
]

const emailShape = /([\p{L}\p{N}_%+'&=!#$^{|}~-])[\p{L}\p{N}._%+'&=!#$^{|}~-]*@((?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]+)/gu

/** `ada@example.com` as `a***@example.com`, anywhere in a text. */
export const maskEmails = (text: string): string => text.replace(emailShape, '$1***@$2')

const shortest = 8

const secretNames = /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|_KEY$|^PGPASS|DATABASE_URL|_DSN$/i
const publicValues = /^(vk_pub_|pk_)/

/** Values of the environment that are secrets by their names. */
export const secretsOf = (env: Record<string, string | undefined>): string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    value && secretNames.test(name) && !publicValues.test(value) ? [value] : [],
  )

export interface Redactor {
  /** More secrets, once they are known. Those below 8 characters are words, not secrets. */
  add(secrets: readonly string[]): void
  /** The text without secrets, and without e-mail addresses unless they are asked for. */
  text(text: string, emails: 'mask' | 'keep'): string
  /** The same for every text in a value. */
  value(value: unknown, emails: 'mask' | 'keep'): unknown
}

/** The last thing that all output passes through. */
export const createRedactor = (secrets: readonly string[] = []): Redactor => {
  const known = new Set<string>()
  const redactor: Redactor = {
    add(more) {
      for (const secret of more) if (secret.length >= shortest) known.add(secret)
    },
    text(text, emails) {
      let clean = text
      for (const secret of known) clean = clean.replaceAll(secret, '***')
      for (const [shape, mask] of secretShapes) clean = clean.replace(shape, mask)
      return emails === 'mask' ? maskEmails(clean) : clean
    },
    value(value, emails) {
      if (typeof value === 'string') return redactor.text(value, emails)
      if (Array.isArray(value)) return value.map(item => redactor.value(item, emails))
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactor.value(item, emails)]))
    },
  }
  redactor.add(secrets)
  return redactor
}
