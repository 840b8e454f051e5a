/** What is wrong with the options of `createServerKit`: one line a fault, none of them shows a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`VenueKit cannot start:\n${faults.map(fault => `- ${fault}`).join('\n')}`)
    this.faults = faults
  }
}
