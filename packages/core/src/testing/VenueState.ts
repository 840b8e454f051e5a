import type { FeedFeatures, Post, Upload } from '../contracts/feed.ts'
import type { Checkout, Order, VenueEvent } from '../contracts/ticketing.ts'

export interface StoredFeed {
  id: string
  name: string
  /** Off is refused, as the real server does. */
  features: FeedFeatures
}

/** A post as nobody in particular sees it. */
export interface StoredPost extends Omit<Post, 'reactions' | 'canDelete'> {
  /** Viewers' ids. */
  reactedBy: string[]
}

export interface StoredOrder {
  order: Omit<Order, 'serverNow'>
  orderToken: string
  checkout: Checkout
  idempotencyKey: string
  /** What was asked for under that key. */
  request: string
  /** Whether somebody has been told of the purchase, which happens once. */
  isPurchaseTold: boolean
}

export interface StoredUpload {
  upload: Omit<Upload, 'limits'>
  feedId: string
  viewerId: string
  kind: 'image' | 'video'
  contentType: string
  byteLength: number
  bytes: Uint8Array<ArrayBuffer>
  /** The post that shows it. */
  postId: string | null
}

/** A report of a post, by whom and why. */
export interface StoredReport {
  postId: string
  viewerId: string
  reason: 'spam' | 'abuse' | 'illegal' | 'other'
  note: string | null
}

/** All that the test venue knows. Read it to see what an app did; change it to have the app see something. */
export interface VenueState {
  /** `available` of a tier is what is left of it. */
  events: VenueEvent[]
  feeds: StoredFeed[]
  posts: StoredPost[]
  orders: StoredOrder[]
  uploads: StoredUpload[]
  reports: StoredReport[]
}
