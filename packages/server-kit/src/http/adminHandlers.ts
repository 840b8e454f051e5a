import { getAdminOrder } from '../services/adminOrders.ts'
import { cancelEvent } from '../services/cancelEvent.ts'
import { createRefund } from '../services/createRefund.ts'
import { createEvent, getAdminEvent } from '../services/events.ts'
import { reviewOrder } from '../services/reviewOrder.ts'
import { type AdminHandlers, unavailable } from './handler.ts'

const eventChanges = unavailable('changes of events that exist')
const capacityChanges = unavailable('changes of capacity')
const houseSales = unavailable('comps and door sales')
const health = unavailable('health figures')

/** What each route of the host's does. */
export const adminHandlers: AdminHandlers = {
  listAdminEvents: unavailable('the list of events'),
  createEvent: ({ body }, { context }) => createEvent(context, body),
  getAdminEvent: ({ params }, { context }) => getAdminEvent(context, params.eventId),
  updateEvent: eventChanges,
  pauseEvent: eventChanges,
  cancelEvent: ({ params, body }, { context }) => cancelEvent(context, params.eventId, body),
  createTier: eventChanges,
  updateTier: eventChanges,
  setTierCapacity: capacityChanges,
  createPool: capacityChanges,
  setPoolCapacity: capacityChanges,
  searchOrders: unavailable('the search for orders'),
  getAdminOrder: ({ params }, { context }) => getAdminOrder(context, params.eventId, params.orderId),
  createComp: houseSales,
  createDoorSale: houseSales,
  reviewOrder: ({ params, body }, { context }) => reviewOrder(context, params, body),
  createRefund: ({ params, body }, { context }) => createRefund(context, params, body),
  createCheckIn: unavailable('check-ins'),
  getEventHealth: health,
  getHealth: health,
  listReports: unavailable('reports'),
}
