/** What is mounted into an element: it reads the element's properties and reacts to their change. */
export interface ElementView {
  /** Properties changed, by name; `lang` and `dir` among them, and `words` that have loaded. Never an identity. */
  update(changed: ReadonlySet<string>): void
  open?(): void
  close?(): void
  refresh?(): void | Promise<void>
  /** Takes everything back: listeners, timers, requests. The root is removed afterwards. */
  destroy(): void
}
