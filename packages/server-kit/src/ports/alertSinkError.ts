export interface AlertSinkErrorOptions {
  /** Not before so long, because the sink asked for it. */
  retryAfterSeconds?: number
  /** It is this message that the sink refuses: others need not wait. */
  messageOnly?: boolean
}

/** A sink that did not take a message. Its text is kept and logged: no secret, no address of the sink. */
export class AlertSinkError extends Error {
  override readonly name = 'AlertSinkError'
  readonly retryAfterSeconds: number | null
  readonly messageOnly: boolean

  constructor(message: string, { retryAfterSeconds, messageOnly = false }: AlertSinkErrorOptions = {}) {
    super(message)
    this.retryAfterSeconds = retryAfterSeconds ?? null
    this.messageOnly = messageOnly
  }
}
