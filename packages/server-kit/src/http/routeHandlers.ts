import { cancelOrder } from '../services/cancelOrder.ts'
import { createOrder } from '../services/createOrder.ts'
import { getEvent, listEvents } from '../services/events.ts'
import { extendOrder } from '../services/extendOrder.ts'
import { getOrder } from '../services/ownedOrder.ts'
import { createPost, deletePost, listPosts } from '../services/posts.ts'
import { resendTickets } from '../services/resendTickets.ts'
import { resumeCheckout } from '../services/resumeCheckout.ts'
import { syncOrder } from '../services/syncOrder.ts'
import { type RouteHandlers, unavailable } from './handler.ts'

/** What each route of the browser's does. */
export const routeHandlers: RouteHandlers = {
  listEvents: ({ query }, { context, key }) => listEvents(context, query, key),
  getEvent: ({ params }, { context, key }) => getEvent(context, params.eventId, key),
  createOrder: ({ body }, { context, ...origin }) => createOrder(context, body, origin),
  resendTickets: ({ body }, { context, ...caller }) => resendTickets(context, body, caller),
  getOrder: (_input, { context, ...access }) => getOrder(context, access),
  cancelOrder: (_input, { context, ...access }) => cancelOrder(context, access),
  resumeCheckout: (_input, { context, ...access }) => resumeCheckout(context, access),
  extendOrder: (_input, { context, ...access }) => extendOrder(context, access),
  syncOrder: (_input, { context, ...access }) => syncOrder(context, access),
  getFeed: unavailable('what a feed offers'),
  listPosts: async ({ params, query }, { context, key, request }) => {
    const viewer = (await context.auth?.(request)) ?? null
    return listPosts(context, params.feedId, query, { key, viewer })
  },
  createPost: ({ params, body }, { context, ...posting }) => createPost(context, params.feedId, body, posting),
  deletePost: ({ params }, { context, ...posting }) => deletePost(context, params.postId, posting),
  setReaction: unavailable('reactions'),
  pinPost: unavailable('pinned posts'),
  reportPost: unavailable('reports'),
  createUpload: unavailable('a media store'),
  getUpload: unavailable('a media store'),
  cancelUpload: unavailable('a media store'),
  live: unavailable('the live stream'),
}
