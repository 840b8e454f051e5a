import type { Mail, Messages } from '@venuekit/server-kit'

export interface SentMail extends Mail {
  sentAt: Date
}

/** Keeps what was sent, newest first, instead of sending it. */
export class Mailbox implements Messages {
  readonly #mails: SentMail[] = []

  get mails(): readonly SentMail[] {
    return this.#mails
  }

  async send(mail: Mail): Promise<void> {
    if (this.#mails.some(({ id }) => id === mail.id)) return
    this.#mails.unshift({ ...mail, sentAt: new Date() })
  }
}
