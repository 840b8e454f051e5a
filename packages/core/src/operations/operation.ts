import type { CreatePostRequest, Post } from '../contracts/feed.ts'
import type { FeedPage, FeedPost } from './FeedPage.ts'

/** A post that was written here. */
export interface CreateOperation {
  readonly kind: 'create'
  readonly opId: string
  readonly feedId: string
  readonly clientId: string
  readonly request: CreatePostRequest
  /** The row to show until the server's own is there. */
  readonly post: FeedPost
}

/** A post that was deleted here; named by both ids, because a pending one has no other than its client's. */
export interface DeleteOperation {
  readonly kind: 'delete'
  readonly opId: string
  readonly feedId: string
  readonly clientId: string | null
  readonly postId: string | null
}

/** A reaction that this viewer wants, or wants no more. There is one for each post: a new wish takes its place. */
export interface ReactOperation {
  readonly kind: 'react'
  readonly opId: string
  readonly feedId: string
  readonly clientId: string | null
  readonly postId: string | null
  readonly reacted: boolean
}

export type Operation = CreateOperation | DeleteOperation | ReactOperation

/** A point in this client's order of things (`seq`), and when it was (`at`, ms). */
export interface Mark {
  readonly seq: number
  readonly at: number
}

/** The server did it. */
interface Acknowledgement extends Mark {
  /** As the server has it; null where nothing is left to show. */
  readonly post: Post | null
}

/** An operation in the log; `ack` is null until the server answered. */
export interface Entry<Op extends Operation = Operation> {
  readonly op: Op
  readonly ack: Acknowledgement | null
}

/** What a fetch told about a list. Ranks from `upper` (exclusive, null: no bound) down to `lower` are covered. */
export interface Sighting {
  /** When the fetch began. */
  readonly begun: Mark
  readonly upper: string | null
  readonly lower: string
  readonly fetched: FeedPage
  /** The list afterwards, without operations. */
  readonly pages: readonly FeedPage[]
}

/** How an operation of one kind shows, and when the log may forget it. Both are pure. */
export interface OperationKind<Op extends Operation> {
  /** The pages with the operation done; doing it twice changes nothing. */
  reduce(pages: readonly FeedPage[], entry: Entry<Op>): readonly FeedPage[]
  /** True where the list shows the acknowledged operation's outcome by itself, and will go on doing so. */
  isSettled(op: Op, ack: Acknowledgement, sighting: Sighting): boolean
}

/** How long a lagging replica is given to show what the server acknowledged. */
export const replicaLagMs = 60_000

export const covers = ({ upper, lower }: Pick<Sighting, 'upper' | 'lower'>, rank: string): boolean =>
  rank >= lower && (upper === null || rank < upper)
