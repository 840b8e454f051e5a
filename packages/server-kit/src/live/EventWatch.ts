import type { VenueEvent } from '@venuekit/core/contracts'
import type { Database } from '../ports/database.ts'
import type { Log } from '../ports/log.ts'
import { messageFrame } from './frame.ts'
import type { LiveStream } from './LiveStream.ts'

interface WatchedEvent {
  readonly venueId: string
  readonly eventId: string
  readonly streams: Set<LiveStream>
  /** As last told; null before it was read. */
  text: string | null
  frame: Uint8Array | null
  askedAt: number
  asking: Promise<boolean> | null
}

/** How old a node's knowledge of an event may be. */
const askEveryMs = 2_000
/** However many are watched, who buys waits behind so many of these questions. */
const askedAtOnce = 3

/** Events that streams of this node watch, each asked for once however many they are, and told when it is another. */
export class EventWatch {
  readonly #database: Database
  readonly #log: Log
  readonly #now: () => number
  readonly #events = new Map<string, WatchedEvent>()
  readonly #due = new Set<WatchedEvent>()
  #underWay = 0

  constructor(database: Database, log: Log, now: () => number) {
    this.#database = database
    this.#log = log
    this.#now = now
  }

  /** False where the venue has no such event. Whoever joins is told of it as it is. */
  async exists(venueId: string, eventId: string): Promise<boolean> {
    const event = this.#find(venueId, eventId)
    if (event.frame && this.#now() - event.askedAt < 2 * askEveryMs) return true
    const isFound = await this.#ask(event)
    if (!isFound && event.streams.size === 0) this.#events.delete(keyOf(venueId, eventId))
    return isFound
  }

  join(venueId: string, eventId: string, stream: LiveStream): void {
    const event = this.#find(venueId, eventId)
    event.streams.add(stream)
    if (event.frame) stream.send(event.frame)
  }

  leave(stream: LiveStream): void {
    for (const [key, { streams }] of this.#events) {
      if (streams.delete(stream) && streams.size === 0) this.#events.delete(key)
    }
  }

  tick(): void {
    const dueBefore = this.#now() - askEveryMs
    for (const [key, event] of this.#events) {
      if (event.askedAt > dueBefore) continue
      // Somebody asked for it and did not stay.
      if (event.streams.size === 0) this.#events.delete(key)
      else this.#due.add(event)
    }
    this.#askDue()
  }

  clear(): void {
    this.#events.clear()
    this.#due.clear()
  }

  #askDue(): void {
    for (const event of this.#due) {
      if (this.#underWay === askedAtOnce) return
      this.#due.delete(event)
      this.#underWay += 1
      void this.#ask(event)
        .catch(error => this.#log.warn('an event could not be read', { error: String(error) }))
        .finally(() => {
          this.#underWay -= 1
          this.#askDue()
        })
    }
  }

  #find(venueId: string, eventId: string): WatchedEvent {
    const key = keyOf(venueId, eventId)
    const known = this.#events.get(key)
    if (known) return known
    const event: WatchedEvent = {
      venueId,
      eventId,
      streams: new Set(),
      text: null,
      frame: null,
      askedAt: Number.NEGATIVE_INFINITY,
      asking: null,
    }
    this.#events.set(key, event)
    return event
  }

  #ask(event: WatchedEvent): Promise<boolean> {
    event.asking ??= this.#read(event).finally(() => {
      event.asking = null
    })
    return event.asking
  }

  async #read(event: WatchedEvent): Promise<boolean> {
    event.askedAt = this.#now()
    const args = { event_id: event.eventId, venue_id: event.venueId }
    const answer = await this.#database.call('ticketing.get_event', args)
    if (answer.outcome === 'not_found') return false
    this.#tell(event, answer.event)
    return true
  }

  #tell(event: WatchedEvent, present: VenueEvent): void {
    const text = JSON.stringify(present)
    if (text === event.text) return
    const frame = messageFrame({ type: 'event', event: present }, null)
    event.text = text
    event.frame = frame
    for (const stream of [...event.streams]) stream.send(frame)
  }
}

const keyOf = (venueId: string, eventId: string): string => `${venueId}/${eventId}`
