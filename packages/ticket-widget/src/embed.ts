import { type CreateBody, createBody as createBodyOf } from '@venuekit/core/element'
import { tag as buttonTag } from './button/buttonApi.ts'
import { buttonDefinition } from './button/buttonDefinition.ts'
import { definition } from './definition.ts'

const tickets = createBodyOf(definition)
const button = createBodyOf(buttonDefinition)

/** For the shells of the script-tag edition's loader. A button brings the tickets along: it is there to open them. */
export const createBody: CreateBody = (host, stage) => (host.localName === buttonTag ? button : tickets)(host, stage)
