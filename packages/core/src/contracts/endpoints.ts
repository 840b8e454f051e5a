import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'
import {
  createPostRequest,
  createUploadRequest,
  feedResponse,
  pinPostRequest,
  postPage,
  postResponse,
  reportPostRequest,
  setReactionRequest,
  uploadResponse,
} from './feed.ts'
import { liveQuery } from './live.ts'
import type { RouteName } from './routes.ts'
import {
  checkoutResponse,
  createOrderRequest,
  createOrderResponse,
  eventPage,
  orderResponse,
  resendTicketsRequest,
  resumeCheckoutQuery,
  syncOrderResponse,
  venueEvent,
} from './ticketing.ts'
import { pageQuery, uuid } from './values.ts'

const orderParams = z.strictObject({ orderId: uuid })
const postParams = z.strictObject({ postId: uuid })
const feedParams = z.strictObject({ feedId: uuid })

/** The schemas behind `routes`, by the same names. */
export const endpoints = {
  listEvents: { summary: "The venue's coming events, soonest first", query: pageQuery, response: eventPage },
  getEvent: {
    summary: 'One event with its tiers',
    params: z.strictObject({ eventId: uuid }),
    response: z.object({ event: venueEvent }),
  },
  createOrder: {
    summary: 'Reserve places and start the checkout',
    body: createOrderRequest,
    response: createOrderResponse,
  },
  resendTickets: {
    summary: 'Mail the tickets again; the answer is the same whether or not the address is known',
    body: resendTicketsRequest,
    response: null,
  },
  getOrder: { summary: 'The order, with its tickets once fulfilled', params: orderParams, response: orderResponse },
  cancelOrder: { summary: 'Give the places back', params: orderParams, response: orderResponse },
  resumeCheckout: {
    summary: "The live payment attempt's checkout again, or a new attempt",
    params: orderParams,
    query: resumeCheckoutQuery,
    response: checkoutResponse,
  },
  extendOrder: { summary: 'A longer hold, with a new checkout', params: orderParams, response: checkoutResponse },
  syncOrder: { summary: 'Ask the gateway now', params: orderParams, response: syncOrderResponse },
  getFeed: { summary: 'What the feed offers and allows', params: feedParams, response: feedResponse },
  listPosts: { summary: 'A page of the feed, newest first', params: feedParams, query: pageQuery, response: postPage },
  createPost: {
    summary: 'Post to the feed; `clientId` is the idempotency key',
    params: feedParams,
    body: createPostRequest,
    response: postResponse,
  },
  deletePost: { summary: 'Delete a post', params: postParams, response: null },
  setReaction: {
    summary: "Set the viewer's reaction, as the state desired",
    params: postParams,
    body: setReactionRequest,
    response: postResponse,
  },
  pinPost: {
    summary: 'Pin or unpin, for moderators',
    params: postParams,
    body: pinPostRequest,
    response: postResponse,
  },
  reportPost: {
    summary: 'Report a post to the moderators',
    params: postParams,
    body: reportPostRequest,
    response: null,
  },
  createUpload: { summary: 'Open an upload', body: createUploadRequest, response: uploadResponse },
  getUpload: {
    summary: 'How far an upload is',
    params: z.strictObject({ uploadId: uuid }),
    response: uploadResponse,
  },
  cancelUpload: {
    summary: 'Give up an upload that no post has taken',
    params: z.strictObject({ uploadId: uuid }),
    response: null,
  },
  live: {
    summary: 'Changes as server-sent events; resume with Last-Event-ID',
    query: liveQuery,
    response: 'stream',
  },
} as const satisfies Record<RouteName, Endpoint>

export type Endpoints = typeof endpoints
