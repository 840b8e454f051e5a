/** Calls once after a while; the while stands still as long as somebody holds it. */
export class Countdown {
  readonly #onEnd: () => void
  #leftMs: number
  #since = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ms: number, onEnd: () => void) {
    this.#leftMs = ms
    this.#onEnd = onEnd
    this.run()
  }

  run(): void {
    if (this.#timer !== undefined) return
    this.#since = Date.now()
    this.#timer = setTimeout(this.#onEnd, this.#leftMs)
  }

  hold(): void {
    if (this.#timer === undefined) return
    this.stop()
    this.#leftMs = Math.max(0, this.#leftMs - (Date.now() - this.#since))
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
