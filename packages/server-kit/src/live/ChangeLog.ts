import type { Database, SqlResult } from '../ports/database.ts'
import { isAfter, isChangeCursor, laterOf } from './changeCursor.ts'
import { LiveChange } from './LiveChange.ts'

/** What a reader begins with. */
export interface Beginning {
  cursor: string
  /** What they missed, in order. */
  changes: readonly LiveChange[]
  /** Some of what they missed is no longer known, or is more than reading everything again. */
  isReset: boolean
}

/** Who is told of everything that is read, once and in order. */
interface Audience {
  changed(changes: readonly LiveChange[]): void
  /** The node itself has missed something. */
  lost(): void
}

type Read = Extract<SqlResult<'feed.read_changes'>, { outcome: 'read' }>

/** A list and its stream are asked for one after the other: what changed meanwhile is told to who begins anew. */
const replaySeconds = 60
const pageSize = 200
/** Beyond that many pages reading everything again is cheaper. */
const maximumPages = 5
const keepMs = 300_000
const maximumChanges = 5_000
/** Half of what may wait for a reader: who missed more lists the feed again. */
const maximumReplayBytes = 131_072

/**
 * The last minutes of the change log, in memory and for all streams of the node: what the database is asked does not
 * grow with their number. Holds every change after `#from` up to `#reached`.
 */
export class ChangeLog {
  readonly #database: Database
  readonly #audience: Audience
  readonly #now: () => number
  #from = ''
  #reached = ''
  #changes: LiveChange[] = []
  /** Reads follow each other. */
  #last: Promise<unknown> = Promise.resolve()
  /** Cursors that readers wait to have covered: one reading serves them all. */
  readonly #wanted = new Set<string>()

  constructor(database: Database, audience: Audience, now: () => number) {
    this.#database = database
    this.#audience = audience
    this.#now = now
  }

  /** Up to where everything was read; empty before the first reading. */
  get reached(): string {
    return this.#reached
  }

  /**
   * Where a reader begins who has seen everything up to `after`; null for one who comes for the first time. `attach` runs
   * at that very moment: what is read next is told to them as to everybody.
   */
  async begin<Attached>(after: string | null, attach: (beginning: Beginning) => Attached): Promise<Attached> {
    if (after !== null && isChangeCursor(after)) this.#wanted.add(after)
    return this.#queue(async () => {
      await this.#cover()
      return attach(this.#beginning(after))
    })
  }

  /** Reads what is new. Rejects where the database cannot be reached. */
  poll(): Promise<void> {
    return this.#queue(() => this.#poll())
  }

  /** Forgets everything, once what is being read has come: nobody listens. */
  clear(): void {
    void this.#queue(async () => this.#forget())
  }

  #forget(): void {
    this.#from = ''
    this.#reached = ''
    this.#changes = []
  }

  #queue<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work, work)
    this.#last = result.catch(() => {})
    return result
  }

  #beginning(after: string | null): Beginning {
    if (after === null) {
      const since = this.#replayedFrom()
      return this.#replay(this.#changes.filter(change => change.readAt >= since))
    }
    const isKnown = isChangeCursor(after) && !isAfter(this.#from, after) && !isAfter(after, this.#reached)
    if (!isKnown) return { ...this.#replay(this.#changes), isReset: true }
    return this.#replay(this.#changes.filter(change => isAfter(change.cursor, after)))
  }

  #replayedFrom(): number {
    return this.#now() - replaySeconds * 1000
  }

  /** Each post once. */
  #replay(missed: readonly LiveChange[]): Beginning {
    const newest = new Map(missed.map(change => [change.postId, change]))
    const changes = missed.filter(change => newest.get(change.postId) === change)
    const isReset = changes.reduce((bytes, { frame }) => bytes + frame.length, 0) > maximumReplayBytes
    return { cursor: this.#reached, changes: isReset ? [] : changes, isReset }
  }

  async #poll(): Promise<void> {
    if (this.#reached === '') return this.#cover()
    for (let more = true; more; ) {
      const answer = await this.#read(this.#reached)
      if (!answer) {
        this.#forget()
        await this.#cover()
        this.#audience.lost()
        return
      }
      const changes = this.#toLive(answer, this.#now())
      this.#changes.push(...changes)
      this.#reached = answer.cursor
      this.#trim()
      this.#audience.changed(changes)
      more = answer.more
    }
  }

  /** Reads from the beginning, or further back, so that everybody who waits can go on from where they stand. */
  async #cover(): Promise<void> {
    if (this.#reached === '') {
      const { cursor } = await this.#database.call('feed.begin_changes', { seconds: replaySeconds })
      this.#from = cursor
      this.#reached = cursor
      await this.#poll()
    }
    const [first, ...others] = this.#wanted
    this.#wanted.clear()
    if (first === undefined) return
    const oldest = others.reduce((one, other) => (isAfter(one, other) ? other : one), first)
    if (isAfter(this.#from, oldest)) await this.#readBack(oldest)
    // One from another node may stand further than this one has read.
    if (isAfter([first, ...others].reduce(laterOf), this.#reached)) await this.#poll()
  }

  async #readBack(cursor: string): Promise<void> {
    const earlier: LiveChange[] = []
    // Old ones, whenever they are read: they are not for those who begin anew.
    const readAt = Math.min(this.#replayedFrom() - 1, this.#changes[0]?.readAt ?? Number.POSITIVE_INFINITY)
    let at = cursor
    for (let page = 0; isAfter(this.#from, at); page += 1) {
      const answer = page < maximumPages ? await this.#read(at) : null
      if (!answer) return
      earlier.push(...this.#toLive(answer, readAt).filter(change => !isAfter(change.cursor, this.#from)))
      at = answer.cursor
    }
    this.#changes.unshift(...earlier)
    this.#from = cursor
  }

  /** Null where the cursor is older than what is kept. */
  async #read(after: string): Promise<Read | null> {
    const answer = await this.#database.call('feed.read_changes', { after, page_size: pageSize })
    return answer.outcome === 'read' ? answer : null
  }

  #toLive({ changes }: Read, readAt: number): LiveChange[] {
    return changes.map(change => new LiveChange(change, readAt))
  }

  #trim(): void {
    const oldest = this.#now() - keepMs
    const old = this.#changes.findIndex(change => change.readAt >= oldest)
    const surplus = Math.max(old < 0 ? this.#changes.length : old, this.#changes.length - maximumChanges)
    const last = this.#changes.splice(0, surplus).at(-1)
    if (last) this.#from = last.cursor
  }
}
