/** Why a page cannot show the payment itself; the buyer pays on the gateway's page instead. */
export class EmbedRefusal extends Error {
  readonly code = 'embed_refused'
  /** True where trying again on this page can change nothing. */
  readonly isFinal: boolean

  constructor(message: string, isFinal: boolean, options?: ErrorOptions) {
    super(`Embedded payment is not possible here: ${message}. The buyer goes to the payment page.`, options)
    this.isFinal = isFinal
  }
}
