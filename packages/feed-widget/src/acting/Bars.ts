import type { PlainMessage } from './actingMessages.ts'
import { Countdown } from './Countdown.ts'

/** For how long a deletion can be undone, and a notice is shown; not counted while it is pointed at or has the focus. */
export const barMs = 5_000

/** What a bar at the foot of the feed says. */
export type Bar =
  | {
      readonly kind: 'deleted'
      readonly count: number
      /** Tells one deletion from the next. */
      readonly number: number
      /** Deleted without a pointer: who did it wants the focus on what undoes it. */
      readonly byKeys: boolean
    }
  | { readonly kind: 'notice'; readonly message: PlainMessage; readonly errorCode: string | null }

interface Shown {
  readonly bar: Bar
  readonly countdown: Countdown
}

/** One bar of each kind at most, each with its own time: a notice does not take the offer to undo away. */
export class Bars {
  readonly #shown = new Map<Bar['kind'], Shown>()

  /** From the top. What undoes is nearest to the edge, and stays there while notices come and go. */
  get list(): readonly Bar[] {
    return (['notice', 'deleted'] as const).flatMap(kind => this.#shown.get(kind)?.bar ?? [])
  }

  /** In the place of the one of its kind. */
  show(bar: Bar, onEnd: () => void): void {
    this.close(bar.kind)
    this.#shown.set(bar.kind, { bar, countdown: new Countdown(barMs, onEnd) })
  }

  /** It stays as long as it is held. */
  hold(kind: Bar['kind'], isHeld: boolean): void {
    const countdown = this.#shown.get(kind)?.countdown
    if (isHeld) countdown?.hold()
    else countdown?.run()
  }

  close(kind: Bar['kind']): void {
    this.#shown.get(kind)?.countdown.stop()
    this.#shown.delete(kind)
  }

  /** Nothing counts any more. */
  stop(): void {
    for (const { countdown } of this.#shown.values()) countdown.stop()
  }
}
