import { createBody as createBodyOf } from '@venuekit/core/element'
import { definition } from './definition.ts'

/** For the shells of the script-tag edition's loader. */
export const createBody = createBodyOf(definition)
