import { getOperations } from '../operations/getOperations.ts'
import { getSales } from '../operations/getSales.ts'
import { getOperationsEvent, listOperationsEvents } from '../operations/operationsEvents.ts'
import {
  createPool,
  createTier,
  listAdminEvents,
  pauseEvent,
  setPoolCapacity,
  setTierCapacity,
  updateEvent,
  updateTier,
} from '../services/adminEvents.ts'
import { getAdminOrder } from '../services/adminOrders.ts'
import { cancelEvent } from '../services/cancelEvent.ts'
import { getCheckInSummary, listCheckInKeys, listRevocations } from '../services/checkInLists.ts'
import { createCheckIn, undoCheckIn } from '../services/checkIns.ts'
import { createRefund } from '../services/createRefund.ts'
import { createEvent, getAdminEvent } from '../services/events.ts'
import { createFeed, listFeeds } from '../services/feeds.ts'
import { getEventHealth, getHealth } from '../services/health.ts'
import { createComp, createDoorSale } from '../services/houseOrders.ts'
import { reissueTicket } from '../services/reissueTicket.ts'
import { listReports, resolveReports } from '../services/reports.ts'
import { reviewOrder } from '../services/reviewOrder.ts'
import { searchOrders } from '../services/searchOrders.ts'
import { uploadCheckIns } from '../services/uploadCheckIns.ts'
import type { AdminHandlers } from './handler.ts'

/** What each route of the host's does. */
export const adminHandlers: AdminHandlers = {
  listAdminEvents: ({ query }, { context }) => listAdminEvents(context, query),
  createEvent: ({ body }, { context }) => createEvent(context, body),
  getAdminEvent: ({ params }, { context }) => getAdminEvent(context, params.eventId),
  updateEvent: ({ params, body }, { context }) => updateEvent(context, params.eventId, body),
  pauseEvent: ({ params, body }, { context }) => pauseEvent(context, params.eventId, body),
  cancelEvent: ({ params, body }, { context }) => cancelEvent(context, params.eventId, body),
  createTier: ({ params, body }, { context }) => createTier(context, params.eventId, body),
  updateTier: ({ params, body }, { context }) => updateTier(context, params, body),
  setTierCapacity: ({ params, body }, { context }) => setTierCapacity(context, params, body),
  createPool: ({ params, body }, { context }) => createPool(context, params.eventId, body),
  setPoolCapacity: ({ params, body }, { context }) => setPoolCapacity(context, params, body),
  searchOrders: ({ params, query }, { context }) => searchOrders(context, params.eventId, query),
  getAdminOrder: ({ params }, { context }) => getAdminOrder(context, params.eventId, params.orderId),
  createComp: ({ params, body }, { context, idempotencyKey }) =>
    createComp(context, { ...params, idempotencyKey }, body),
  createDoorSale: ({ params, body }, { context, idempotencyKey }) =>
    createDoorSale(context, { ...params, idempotencyKey }, body),
  reviewOrder: ({ params, body }, { context }) => reviewOrder(context, params, body),
  createRefund: ({ params, body }, { context }) => createRefund(context, params, body),
  createCheckIn: ({ body }, { context }) => createCheckIn(context, body),
  uploadCheckIns: ({ body }, { context }) => uploadCheckIns(context, body),
  listCheckInKeys: (_input, { context }) => listCheckInKeys(context),
  listRevocations: ({ params, query }, { context }) => listRevocations(context, params.eventId, query),
  getCheckInSummary: ({ params }, { context }) => getCheckInSummary(context, params.eventId),
  undoCheckIn: ({ params, body }, { context }) => undoCheckIn(context, params, body),
  reissueTicket: ({ params, body }, { context }) => reissueTicket(context, params, body),
  getEventHealth: ({ params }, { context }) => getEventHealth(context, params.eventId),
  getHealth: (_input, { context }) => getHealth(context),
  getOperations: (_input, { context }) => getOperations(context),
  listOperationsEvents: ({ query }, { context }) => listOperationsEvents(context, query),
  getOperationsEvent: ({ params }, { context }) => getOperationsEvent(context, params.eventId),
  getSales: ({ query }, { context }) => getSales(context, query),
  listFeeds: ({ query }, { context }) => listFeeds(context, query),
  createFeed: ({ body }, { context }) => createFeed(context, body),
  listReports: ({ params, query }, { context }) => listReports(context, params.feedId, query),
  resolveReports: ({ params, body }, { context }) => resolveReports(context, params, body),
}
