import type { Mail, Messages } from '../ports/messages.ts'

export interface MemoryMessages extends Messages {
  /** What was sent, oldest first; one mail an id. */
  readonly sent: readonly Mail[]
}

/** Keeps the last `maximum` mails, for a demo's mail view and for tests. */
export const memoryMessages = ({ maximum = 500 }: { maximum?: number } = {}): MemoryMessages => {
  const mails = new Map<string, Mail>()
  return {
    get sent() {
      return [...mails.values()]
    },
    async send(mail) {
      mails.set(mail.id, mail)
      for (const oldest of mails.keys()) {
        if (mails.size <= maximum) break
        mails.delete(oldest)
      }
    },
  }
}
