import { randomInt } from 'node:crypto'

/** How many characters follow each prefix at Stripe. */
const lengths = {
  acct: 16,
  ch: 24,
  cs_test: 58,
  du: 24,
  evt: 24,
  li: 24,
  pi: 24,
  pm: 24,
  pmc: 24,
  price: 24,
  prod: 14,
  py: 24,
  pyr: 24,
  re: 24,
  req: 14,
  txn: 24,
  whd: 24,
} as const

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export const randomText = (length: number): string => {
  let text = ''
  while (text.length < length) text += alphabet.charAt(randomInt(alphabet.length))
  return text
}

export const createId = (prefix: keyof typeof lengths): string => `${prefix}_${randomText(lengths[prefix])}`
