import { openLive } from '../live/openLive.ts'
import { cancelOrder } from '../services/cancelOrder.ts'
import { createOrder } from '../services/createOrder.ts'
import { createPost } from '../services/createPost.ts'
import { createUpload } from '../services/createUpload.ts'
import { getEvent, listEvents } from '../services/events.ts'
import { extendOrder } from '../services/extendOrder.ts'
import { getFeed } from '../services/feeds.ts'
import { getOrder } from '../services/ownedOrder.ts'
import { pinPost } from '../services/pinPost.ts'
import { deletePost, listPosts } from '../services/posts.ts'
import { readViewer } from '../services/readViewer.ts'
import { reportPost } from '../services/reports.ts'
import { resendTickets } from '../services/resendTickets.ts'
import { resumeCheckout } from '../services/resumeCheckout.ts'
import { setReaction } from '../services/setReaction.ts'
import { syncOrder } from '../services/syncOrder.ts'
import { cancelUpload, getUpload } from '../services/uploads.ts'
import type { RouteHandlers } from './handler.ts'

/** What each route of the browser's does. */
export const routeHandlers: RouteHandlers = {
  listEvents: ({ query }, { context, key }) => listEvents(context, query, key),
  getEvent: ({ params }, { context, key }) => getEvent(context, params.eventId, key),
  createOrder: ({ body }, { context, ...origin }) => createOrder(context, body, origin),
  resendTickets: ({ body }, { context, ...caller }) => resendTickets(context, body, caller),
  getOrder: (_input, { context, ...access }) => getOrder(context, access),
  cancelOrder: (_input, { context, ...access }) => cancelOrder(context, access),
  resumeCheckout: ({ query }, { context, ...access }) => resumeCheckout(context, access, query.payment),
  extendOrder: (_input, { context, ...access }) => extendOrder(context, access),
  syncOrder: (_input, { context, ...access }) => syncOrder(context, access),
  getFeed: async ({ params }, { context, key, request }) => {
    const viewer = await readViewer(context, request)
    return getFeed(context, params.feedId, { key, viewer })
  },
  listPosts: async ({ params, query }, { context, key, request }) => {
    const viewer = await readViewer(context, request)
    return listPosts(context, params.feedId, query, { key, viewer })
  },
  createPost: ({ params, body }, { context, ...posting }) => createPost(context, params.feedId, body, posting),
  deletePost: ({ params }, { context, ...posting }) => deletePost(context, params.postId, posting),
  setReaction: ({ params, body }, { context, ...posting }) => setReaction(context, params.postId, body, posting),
  pinPost: ({ params, body }, { context, ...posting }) => pinPost(context, params.postId, body, posting),
  reportPost: ({ params, body }, { context, ...posting }) => reportPost(context, params.postId, body, posting),
  createUpload: ({ body }, { context, request, ...posting }) =>
    createUpload(context, body, { ...posting, origin: request.headers.get('origin') }),
  getUpload: ({ params }, { context, ...posting }) => getUpload(context, params.uploadId, posting),
  cancelUpload: ({ params }, { context, ...posting }) => cancelUpload(context, params.uploadId, posting),
  live: ({ query }, { context, ...reader }) => openLive(context, query, reader),
}
