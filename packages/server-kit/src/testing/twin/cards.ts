/** Why an issuer says no. */
export interface Decline {
  code: string
  declineCode: string
  message: string
  networkCode: string
}

const declines: Record<string, Decline> = {
  generic_decline: {
    code: 'card_declined',
    declineCode: 'generic_decline',
    message: 'Your card was declined.',
    networkCode: '01',
  },
  insufficient_funds: {
    code: 'card_declined',
    declineCode: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
    networkCode: '51',
  },
  lost_card: {
    code: 'card_declined',
    declineCode: 'lost_card',
    message: 'Your card was declined.',
    networkCode: '41',
  },
  expired_card: {
    code: 'expired_card',
    declineCode: 'expired_card',
    message: 'Your card has expired.',
    networkCode: '54',
  },
  incorrect_cvc: {
    code: 'incorrect_cvc',
    declineCode: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
    networkCode: 'N7',
  },
}

const numbers: Record<string, string> = {
  '4000000000000002': 'generic_decline',
  '4000000000009995': 'insufficient_funds',
  '4000000000009987': 'lost_card',
  '4000000000000069': 'expired_card',
  '4000000000000127': 'incorrect_cvc',
}

export const defaultCard = '4242424242424242'
export const declinedCard = '4000000000000002'

/** The decline of that name, or null where there is none. */
export const findDecline = (name: string): Decline | null => declines[name] ?? null
export const declineNames = Object.keys(declines)

/** What a test card's number brings; null where it is charged. */
export const declineOf = (cardNumber: string): Decline | null => findDecline(numbers[cardNumber] ?? '')

/** Digits in the order of Luhn, 12 to 19 of them. */
export const isCardNumber = (cardNumber: string): boolean => {
  if (!/^\d{12,19}$/.test(cardNumber)) return false
  const sum = [...cardNumber].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
