import * as z from 'zod/mini'
import {
  actor,
  adminEventPage,
  adminEventResponse,
  adminFeedPage,
  adminFeedResponse,
  adminOrderPage,
  adminOrderResponse,
  capacityChange,
  eventChange,
  eventHealth,
  health,
  newComp,
  newDoorSale,
  newEvent,
  newFeed,
  newPool,
  newRefund,
  newTier,
  refundResponse,
  reportDecision,
  reportPage,
  reportResponse,
  reviewDecision,
  tierChange,
} from './admin.ts'
import type { AdminRouteName } from './adminRoutes.ts'
import {
  checkInKeysResponse,
  checkInResponse,
  checkInSummary,
  checkInsResponse,
  checkInUndoing,
  newCheckIn,
  newCheckIns,
  reissuedTicket,
  revocationPage,
  revocationQuery,
  ticketReissue,
  undoneCheckIn,
} from './checkIns.ts'
import type { Endpoint } from './endpoint.ts'
import {
  operations,
  operationsEventPage,
  operationsEventQuery,
  operationsEventResponse,
  sales,
  salesQuery,
} from './operations.ts'
import { orderStatus } from './ticketing.ts'
import { emailAddress, pageQuery, uuid } from './values.ts'

const eventParams = z.strictObject({ eventId: uuid })
const tierParams = z.strictObject({ eventId: uuid, tierId: uuid })
const orderParams = z.strictObject({ eventId: uuid, orderId: uuid })

/** The schemas behind `adminRoutes`, by the same names. */
export const adminEndpoints = {
  listAdminEvents: {
    summary: 'All events of a venue with their counters',
    query: z.extend(pageQuery, { venueId: uuid }),
    response: adminEventPage,
  },
  createEvent: { summary: 'Create an event with its tiers', body: newEvent, response: adminEventResponse },
  getAdminEvent: { summary: 'One event with its counters', params: eventParams, response: adminEventResponse },
  updateEvent: { summary: 'Change an event', params: eventParams, body: eventChange, response: adminEventResponse },
  pauseEvent: {
    summary: 'Stop or resume sales',
    params: eventParams,
    body: z.strictObject({ paused: z.boolean(), actor }),
    response: adminEventResponse,
  },
  cancelEvent: {
    summary: 'Cancel the show and refund everybody',
    params: eventParams,
    body: z.strictObject({ actor, reason: z.optional(z.string().check(z.maxLength(500))) }),
    response: adminEventResponse,
  },
  createTier: { summary: 'Add a tier', params: eventParams, body: newTier, response: adminEventResponse },
  updateTier: { summary: 'Change a tier', params: tierParams, body: tierChange, response: adminEventResponse },
  setTierCapacity: {
    summary: "Set a tier's capacity, never below what is reserved or issued",
    params: tierParams,
    body: capacityChange,
    response: adminEventResponse,
  },
  createPool: { summary: 'Add a shared pool', params: eventParams, body: newPool, response: adminEventResponse },
  setPoolCapacity: {
    summary: "Set a pool's capacity, never below what is reserved or issued",
    params: z.strictObject({ eventId: uuid, poolId: uuid }),
    body: capacityChange,
    response: adminEventResponse,
  },
  searchOrders: {
    summary: 'Orders of an event, newest first',
    params: eventParams,
    query: z.extend(pageQuery, { email: z.optional(emailAddress), status: z.optional(orderStatus) }),
    response: adminOrderPage,
  },
  getAdminOrder: { summary: 'One order with its money', params: orderParams, response: adminOrderResponse },
  createComp: { summary: 'Give tickets away', params: eventParams, body: newComp, response: adminOrderResponse },
  createDoorSale: { summary: 'Sell at the door', params: eventParams, body: newDoorSale, response: adminOrderResponse },
  reviewOrder: {
    summary: 'Decide an order that needs review',
    params: orderParams,
    body: reviewDecision,
    response: adminOrderResponse,
  },
  createRefund: {
    summary: 'Refund by money or by ticket',
    params: orderParams,
    body: newRefund,
    response: refundResponse,
  },
  createCheckIn: { summary: 'Admit a ticket at the door', body: newCheckIn, response: checkInResponse },
  uploadCheckIns: {
    summary: 'Record whom a door let in while it was offline',
    body: newCheckIns,
    response: checkInsResponse,
  },
  listCheckInKeys: {
    summary: 'The public keys of the codes on tickets, for doors without a network',
    response: checkInKeysResponse,
  },
  listRevocations: {
    summary: 'The tickets of an event that not every code of admits',
    params: eventParams,
    query: revocationQuery,
    response: revocationPage,
  },
  getCheckInSummary: {
    summary: 'How many tickets of an event came in',
    params: eventParams,
    response: checkInSummary,
  },
  undoCheckIn: {
    summary: 'Take a mistaken check-in back: the ticket admits again',
    params: z.strictObject({ eventId: uuid, nonce: uuid }),
    body: checkInUndoing,
    response: undoneCheckIn,
  },
  reissueTicket: {
    summary: 'Make the code of a ticket worthless and give it a new one, after a leak say',
    params: z.strictObject({ eventId: uuid, ticketId: uuid }),
    body: ticketReissue,
    response: reissuedTicket,
  },
  getEventHealth: { summary: "An event's health", params: eventParams, response: eventHealth },
  getHealth: { summary: "The platform's health", response: health },
  getOperations: { summary: 'What a person on call looks at first, from what is kept', response: operations },
  listOperationsEvents: {
    summary: 'Events with what they sold and their last known health, the least healthy first unless asked otherwise',
    query: operationsEventQuery,
    response: operationsEventPage,
  },
  getOperationsEvent: {
    summary: 'One event and its health, looked at here and now',
    params: eventParams,
    response: operationsEventResponse,
  },
  getSales: {
    summary: 'Tickets, reservations and money over time, of all events or of one',
    query: salesQuery,
    response: sales,
  },
  listFeeds: {
    summary: 'The feeds of all venues, or of one',
    query: z.extend(pageQuery, { venueId: z.optional(uuid) }),
    response: adminFeedPage,
  },
  createFeed: { summary: 'Create a feed', body: newFeed, response: adminFeedResponse },
  listReports: {
    summary: 'Reported posts, open ones unless asked for the resolved, the latest first',
    params: z.strictObject({ feedId: uuid }),
    query: z.extend(pageQuery, { status: z.optional(z.enum(['open', 'resolved'])) }),
    response: reportPage,
  },
  resolveReports: {
    summary: 'Keep or remove a reported post',
    params: z.strictObject({ feedId: uuid, postId: uuid }),
    body: reportDecision,
    response: reportResponse,
  },
} as const satisfies Record<AdminRouteName, Endpoint>

export type AdminEndpoints = typeof adminEndpoints
