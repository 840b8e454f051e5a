import type { Post } from '../contracts/feed.ts'
import { isEqualJson } from './isEqualJson.ts'
import { kindOf } from './kinds.ts'
import { type Entry, type Mark, type Operation, replicaLagMs, type Sighting } from './operation.ts'

/** Called after a change, with the feed whose operations changed. */
type LogListener = (feedId: string) => void

/**
 * What was done here and is not yet plain from what the server lists, in the order it was done.
 * Shown data are committed pages with these operations folded in; a rejected one is dropped and folded no more.
 */
export class OperationLog {
  /** The clock, in ms. */
  readonly now: () => number
  readonly #listeners = new Set<LogListener>()
  #entries: readonly Entry[] = []
  /** The lists in which an acknowledged operation is settled, by its id. */
  readonly #settledIn = new Map<string, Set<string>>()
  #seq = 0

  /** `now` answers ms. */
  constructor(now: () => number = Date.now) {
    this.now = now
  }

  /** The present moment: later marks have a greater `seq`. */
  mark(): Mark {
    return { seq: ++this.#seq, at: this.now() }
  }

  /** Done here. Applying an operation twice is the same as once; another one of its id takes its place. */
  apply(op: Operation): void {
    const known = this.find(op.opId)
    if (known?.ack || (known && isEqualJson(known.op, op))) return
    const entry = { op, ack: null }
    this.#set(
      known ? this.#entries.map(other => (other === known ? entry : other)) : [...this.#entries, entry],
      op.feedId,
    )
  }

  /** Done there too; `post` as the server has it, null where nothing is left to show. */
  ack(opId: string, post: Post | null): void {
    const entry = this.find(opId)
    if (!entry || entry.ack) return
    const acked: Entry = { op: entry.op, ack: { ...this.mark(), post } }
    this.#set(
      this.#entries.map(other => (other === entry ? acked : other)),
      entry.op.feedId,
    )
  }

  /** Not done there: it never happened. */
  reject(opId: string): void {
    const entry = this.find(opId)
    if (entry) this.#drop([entry])
  }

  find(opId: string): Entry | null {
    return this.#entries.find(entry => entry.op.opId === opId) ?? null
  }

  /** Operations on the feed, oldest first. */
  ofFeed(feedId: string): readonly Entry[] {
    return this.#entries.filter(entry => entry.op.feedId === feedId)
  }

  /** Operations that still change that list of the feed. */
  unsettled(feedId: string, list: string): readonly Entry[] {
    return this.ofFeed(feedId).filter(entry => !this.#settledIn.get(entry.op.opId)?.has(list))
  }

  /** Takes in what a fetch told of one of the feed's lists; operations settled in all of them leave. */
  settle(feedId: string, list: string, lists: readonly string[], sighting: Sighting): void {
    const leaving: Entry[] = []
    for (const entry of this.ofFeed(feedId)) {
      const { op, ack } = entry
      if (!ack) continue
      const settled = this.#settledIn.get(op.opId) ?? new Set<string>()
      if (kindOf(op).isSettled(op, ack, sighting)) this.#settledIn.set(op.opId, settled.add(list))
      if (lists.every(other => settled.has(other))) leaving.push(entry)
    }
    if (leaving.length > 0) this.#drop(leaving)
  }

  /** Forgets acknowledged operations on a feed that nobody lists any more. */
  sweep(feedId: string): void {
    const before = this.now() - replicaLagMs
    const old = this.ofFeed(feedId).filter(entry => entry.ack && entry.ack.at <= before)
    if (old.length > 0) this.#drop(old)
  }

  subscribe(listener: LogListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #drop(leaving: readonly Entry[]): void {
    for (const { op } of leaving) this.#settledIn.delete(op.opId)
    const feedId = leaving[0]?.op.feedId ?? ''
    this.#set(
      this.#entries.filter(entry => !leaving.includes(entry)),
      feedId,
    )
  }

  #set(entries: readonly Entry[], feedId: string): void {
    this.#entries = entries
    for (const listener of this.#listeners) listener(feedId)
  }
}
