/** The buyer's details as typed so far. */
export interface BuyerDraft {
  name: string
  email: string
}

export type BuyerField = keyof BuyerDraft

/** Names of messages, by field. */
export type BuyerErrors = {
  readonly [Field in BuyerField]?: 'nameMissing' | 'nameTooLong' | 'emailMissing' | 'emailInvalid'
}

export const buyerFields: readonly BuyerField[] = ['name', 'email']

export const emptyBuyer: BuyerDraft = { name: '', email: '' }

// Catches slips of the hand; whether an address lives only a mail can tell, and the server has the last word.
const emailShape = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/

export const checkBuyer = (buyer: BuyerDraft): BuyerErrors => {
  const name = buyer.name.trim()
  const email = buyer.email.trim()
  return {
    ...(name === '' ? { name: 'nameMissing' as const } : name.length > 120 ? { name: 'nameTooLong' as const } : {}),
    ...(email === ''
      ? { email: 'emailMissing' as const }
      : email.length > 254 || !emailShape.test(email)
        ? { email: 'emailInvalid' as const }
        : {}),
  }
}
