/**
 * Mails by SMTP.
 * @module smtp
 */
import { createTransport } from 'nodemailer'
import type { Messages } from '../ports/messages.ts'

export interface SmtpOptions {
  /** Such as `smtps://user:password@mail.example:465`, or `smtp://…:587` with STARTTLS. */
  url: string
  /** Who the mails come from, such as `Blue Note <tickets@bluenote.example>`. */
  from: string
  /** A server that does not answer is given up after this long; 20 by default. */
  timeoutSeconds?: number
}

/** Sends by SMTP. The message's id stands in `Message-ID`, so that a mail sent twice is one mail in many readers. */
export const smtpMessages = ({ url, from, timeoutSeconds = 20 }: SmtpOptions): Messages & { close(): void } => {
  const timeoutMs = timeoutSeconds * 1000
  const transport = createTransport(
    { url, pool: true, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    { from },
  )
  return {
    async send({ id, to, subject, text, html }) {
      await transport.sendMail({
        to: { name: to.name, address: to.email },
        subject,
        text,
        html,
        messageId: `<${id}@venuekit>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => transport.close(),
  }
}
