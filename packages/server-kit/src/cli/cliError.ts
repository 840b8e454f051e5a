import type { Ending } from './exitCodes.ts'

interface CliErrorDetails {
  /** Message by option, column or field path. */
  fields?: Record<string, string>
  cause?: unknown
}

/** Why a command ended early: a sentence for people, a code for machines. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly ending: Ending
  readonly code: string
  readonly fields: Record<string, string> | null

  constructor(ending: Ending, code: string, message: string, { fields, cause }: CliErrorDetails = {}) {
    super(message, { cause })
    this.ending = ending
    this.code = code
    this.fields = fields ?? null
  }
}
