/** Where a reader of changes stands: `<transaction>-<number>`, as SQL writes it. */
export const isChangeCursor = (text: string): boolean => /^\d{1,19}-\d{1,18}$/.test(text)

const parts = (cursor: string): [bigint, bigint] => {
  const [transaction = '0', number = '0'] = cursor.split('-')
  return [BigInt(transaction), BigInt(number)]
}

/** True where `one` stands behind `other`. */
export const isAfter = (one: string, other: string): boolean => {
  const [oneTransaction, oneNumber] = parts(one)
  const [otherTransaction, otherNumber] = parts(other)
  return oneTransaction === otherTransaction ? oneNumber > otherNumber : oneTransaction > otherTransaction
}

export const laterOf = (one: string, other: string): string => (isAfter(one, other) ? one : other)
