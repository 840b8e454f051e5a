export { customProperties, parts, properties, type TicketsEvents, tag } from './api.ts'
export { VenueKitTicketsElement } from './element.ts'
export type { TicketClient } from './flow/flowWorld.ts'
export { english, type Message, type MessageName, type Messages } from './messages.ts'
