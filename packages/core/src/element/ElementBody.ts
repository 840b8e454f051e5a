/** What an element is made of beyond its shell: it mounts and ends views, and hears of every change. */
export interface ElementBody {
  /** Mounts a view unless there is one. */
  connect(): void
  /** Ends the view; the element's own children show again. */
  disconnect(): void
  /** A property that no attribute carries has changed. */
  change(property: string): void
  /** Adds the style sheets of a part that was loaded later; twice is as good as once. */
  addStyles(styles: readonly string[]): void
  call(method: ElementMethod): Promise<void>
}

/** What the page may ask of an element. */
export type ElementMethod = 'open' | 'close' | 'refresh'

/** What a shell gives its body: where things show, and the promise that the page waits for. */
export interface ElementStage {
  /** Holds the element's own children; its content shows where there are none. */
  readonly slot: HTMLSlotElement
  /** CSS text that goes before the view's own. */
  readonly styles: string
  resolveReady(): void
  rejectReady(reason: unknown): void
}
