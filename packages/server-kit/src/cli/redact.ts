import { maskSecrets } from '../services/maskSecrets.ts'
import { mapTexts } from './mapTexts.ts'

const emailShape =
  /([\p{L}\p{N}_%+'&=!#$^{|}~-])[\p{L}\p{N}._%+'&=!#$^{|}~-]*@((?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]*)/gu

/** `ada@example.com` as `a***@example.com`, anywhere in a text. */
export const maskEmails = (text: string): string => text.replace(emailShape, '$1***@$2')

const shortest = 8

const secretNames = /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|_KEY$|^PGPASS|DATABASE_URL|_DSN$/i
const publicValues = /^(vk_pub_|pk_)/

/** An address with a password in it, which may hold any sign: whoever forgot to escape it is told by an error. */
const passwordShape = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(.+)@/i

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Values of the environment that are secrets by their names, and passwords within addresses of any name. */
export const secretsOf = (env: Record<string, string | undefined>): string[] =>
  Object.entries(env).flatMap(([name, value]) => {
    if (!value || publicValues.test(value)) return []
    const password = passwordShape.exec(value)?.[1]
    const found = password === undefined ? [] : [value, password, decoded(password)]
    return secretNames.test(name) ? [value, ...found] : found
  })

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
  let known: string[] = []
  const redactor: Redactor = {
    add(more) {
      const all = new Set([...known, ...more.filter(({ length }) => length >= shortest)])
      // The longest first: of a secret that holds another, the rest would be left standing.
      known = [...all].sort((one, other) => other.length - one.length)
    },
    text(text, emails) {
      let clean = text
      for (const secret of known) clean = clean.replaceAll(secret, '***')
      clean = maskSecrets(clean)
      return emails === 'mask' ? maskEmails(clean) : clean
    },
    value: (value, emails) => mapTexts(value, text => redactor.text(text, emails)),
  }
  redactor.add(secrets)
  return redactor
}
