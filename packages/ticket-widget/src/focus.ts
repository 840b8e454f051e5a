export interface FocusKeeper {
  /** Call before a paint: what has the focus may be gone after it. */
  before(): void
  /** `isNews`: the flow went on; words in another language are no reason to move the focus. */
  after(isNews: boolean): void
}

/** Moves the focus to what a paint brought, if the buyer was in the widget; a page that only loads keeps its own. */
export const createFocusKeeper = (root: HTMLElement): FocusKeeper => {
  let shown: string | null = null
  let isInside = false

  const focused = () => (root.getRootNode() as ShadowRoot).activeElement

  return {
    before() {
      if (focused()) isInside = true
      // Where a paint took the focused control away, nothing has the focus: the buyer is still here.
      else if (root.ownerDocument.activeElement !== root.ownerDocument.body) isInside = false
    },
    after(isNews) {
      const target = root.querySelector<HTMLElement>('[data-focus]')
      const key = target?.dataset.focus ?? null
      const isNew = key !== shown
      shown = key
      if (!isInside) return
      if (target && isNew && isNews) target.focus()
      else if (!focused()) root.querySelector<HTMLElement>('button:not([aria-disabled]), input')?.focus()
    },
  }
}
