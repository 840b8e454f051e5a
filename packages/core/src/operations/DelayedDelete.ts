interface DelayedWork {
  delayMs: number
  /** Sends it; `atOnce` where the page is about to go. */
  send: (atOnce: boolean) => Promise<void>
  /** Shows the row again. */
  restore: () => void
}

/** A deletion that is shown, and not sent for a while. */
export interface DelayedDeletion {
  /** True once the post is deleted, false once that was undone; rejects as the client does. */
  readonly done: Promise<boolean>
  /** The row is back, and nothing was sent. False where it is too late. */
  undo(): boolean
  /** Sends it now, in a request that outlives the page. */
  flush(): void
}

/** A deletion that is shown, and not sent for a while. Sent when the time is over, or the visitor leaves the page. */
export class DelayedDelete implements DelayedDeletion {
  readonly done: Promise<boolean>
  readonly #work: DelayedWork
  readonly #timer: ReturnType<typeof setTimeout>
  #resolve: (isDeleted: boolean | Promise<boolean>) => void = () => {}
  #isOpen = true

  constructor(work: DelayedWork) {
    this.#work = work
    this.done = new Promise(resolve => {
      this.#resolve = resolve
    })
    this.#timer = setTimeout(() => this.#send(false), work.delayMs)
    globalThis.addEventListener?.('pagehide', this.flush)
  }

  undo(): boolean {
    if (!this.#close()) return false
    this.#work.restore()
    this.#resolve(false)
    return true
  }

  readonly flush = (): void => this.#send(true)

  #send(atOnce: boolean): void {
    if (this.#close()) this.#resolve(this.#work.send(atOnce).then(() => true))
  }

  #close(): boolean {
    const wasOpen = this.#isOpen
    this.#isOpen = false
    clearTimeout(this.#timer)
    globalThis.removeEventListener?.('pagehide', this.flush)
    return wasOpen
  }
}
