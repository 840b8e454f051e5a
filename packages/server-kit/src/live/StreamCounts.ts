/** How many streams each has open at this node. */
export class StreamCounts {
  readonly #counts = new Map<string, number>()

  /** False where that many are open already; otherwise one more is, until it is given back. */
  take(subject: string, maximum: number): boolean {
    const count = this.#counts.get(subject) ?? 0
    if (count >= maximum) return false
    this.#counts.set(subject, count + 1)
    return true
  }

  giveBack(subject: string): void {
    const count = (this.#counts.get(subject) ?? 0) - 1
    if (count > 0) this.#counts.set(subject, count)
    else this.#counts.delete(subject)
  }
}
