import type { Done } from '../flow/flowState.ts'
import type { Ui } from '../view/Ui.ts'

const texts = { sent: 'sentAgain', busy: 'resendBusy', failed: 'resendFailed' } as const

/** What came of sending the tickets once more; null where nothing did yet. */
export const mailText = (ui: Ui, { mail, order }: Done): string | null =>
  mail === 'idle' || mail === 'sending' ? null : ui.text(texts[mail], { email: order.buyer.email })
