import type { OpenOutbox, Outbox, OutboxContext } from './Outbox.ts'
import { PageOutbox } from './PageOutbox.ts'

/** An outbox that is opened meanwhile. Where it cannot be, because storage is blocked, the page's own takes its place. */
export const openLater = (open: OpenOutbox, context: OutboxContext): Outbox => {
  const opened = open(context).catch((): Outbox => new PageOutbox(context))
  return {
    send: async (op, options) => (await opened).send(op, options),
    cancel: async op => (await opened).cancel(op),
    amend: op => void opened.then(outbox => outbox.amend?.(op)),
    clear: async () => (await opened).clear?.(),
  }
}
