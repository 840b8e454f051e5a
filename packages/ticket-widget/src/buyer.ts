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
