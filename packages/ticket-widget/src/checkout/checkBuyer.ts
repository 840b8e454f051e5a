import type { BuyerDraft, BuyerErrors } from '../buyer.ts'

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
