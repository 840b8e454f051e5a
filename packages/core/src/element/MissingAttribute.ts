/** A page left out what an element cannot do without: trying again is of no use. */
export class MissingAttribute extends Error {
  readonly code = 'missing_attribute'

  constructor(tag: string, attribute: string) {
    super(`<${tag}> needs the attribute ${attribute}.`)
  }
}
