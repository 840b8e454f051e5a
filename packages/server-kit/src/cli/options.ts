import { InvalidArgumentError } from '@commander-js/extra-typings'

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id of ours, read in capitals too. */
export const uuidOption = (text: string): string => {
  const id = text.toLowerCase()
  if (uuidShape.test(id)) return id
  throw new InvalidArgumentError('It must be a UUID.')
}
