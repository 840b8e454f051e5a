/** Why a file cannot be posted; thrown before anything of it is sent. */
export type RefusalCode =
  | 'empty'
  | 'not_media'
  | 'wrong_type'
  | 'too_large'
  | 'too_long'
  | 'dimensions'
  | 'unreadable'
  | 'too_many'
  | 'one_kind'

/** `values` fill the message's marks. */
export class MediaRefusal extends Error {
  readonly code: RefusalCode
  readonly values: Readonly<Record<string, number>>

  constructor(code: RefusalCode, values: Readonly<Record<string, number>> = {}) {
    super(code)
    this.code = code
    this.values = values
  }
}
