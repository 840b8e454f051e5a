import type { LiveMessage } from '@venuekit/core/contracts'
import type { FeedChange } from '../ports/feedFunctions.ts'
import { messageFrame } from './frame.ts'

const messageOf = (change: FeedChange): LiveMessage =>
  change.kind === 'post'
    ? { type: 'post', post: change.post }
    : { type: 'post_removed', feedId: change.feedId, postId: change.postId, clientId: change.clientId }

/** A change as the node holds it for all its streams, written once however many they are. */
export class LiveChange {
  readonly cursor: string
  readonly feedId: string
  readonly postId: string
  /** On the node's own clock, in ms. */
  readonly readAt: number
  readonly #change: FeedChange
  #frame: Uint8Array | null = null

  constructor(change: FeedChange, readAt: number) {
    this.#change = change
    this.cursor = change.cursor
    this.feedId = change.feedId
    this.postId = change.postId
    this.readAt = readAt
  }

  get frame(): Uint8Array {
    this.#frame ??= messageFrame(messageOf(this.#change), this.cursor)
    return this.#frame
  }
}
