import type { Log } from '../ports/log.ts'
import type { Messages } from '../ports/messages.ts'

/** Sends nothing: notes each mail in the log, without its address and its link. */
export const consoleMessages = (log: Log): Messages => ({
  async send({ id, kind, order }) {
    log.info('mail not sent: no sink is configured', { messageId: id, kind, orderId: order.id })
  },
})
