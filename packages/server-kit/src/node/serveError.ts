/** The server cannot listen; the message is one line for the person at the terminal. */
export class ServeError extends Error {
  override readonly name = 'ServeError'

  constructor(message: string, cause: unknown) {
    super(message, { cause })
  }
}
