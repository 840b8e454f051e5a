/** Moves the focus to what a paint brought, if the buyer was in the widget; a page that only loads keeps its own. */
export const createFocusKeeper = (root: HTMLElement) => {
  let shown: string | null = null
  let held = false

  const focused = () => (root.getRootNode() as ShadowRoot).activeElement

  return {
    /** Call before a paint: what has the focus may be gone after it. */
    before(): void {
      held = focused() !== null
    },
    after(): void {
      const target = root.querySelector<HTMLElement>('[data-focus]')
      const key = target?.dataset.focus ?? null
      const isNew = key !== shown
      shown = key
      if (!held || (focused() !== null && !isNew)) return
      if (target && isNew) target.focus()
      // The focused control is gone and nothing asks for attention: stay in the widget.
      else if (focused() === null) root.querySelector<HTMLElement>('button:not([aria-disabled]), input')?.focus()
    },
  }
}
