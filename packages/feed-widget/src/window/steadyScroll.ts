/** Where the browser itself keeps what is being read in its place when rows above it change. */
const isKeptByBrowser = (): boolean => typeof CSS !== 'undefined' && CSS.supports('overflow-anchor', 'auto')

/**
 * Notes where the first row in sight stands; what it answers puts that row back there after a change above it. For
 * browsers without scroll anchoring; nothing in others, which do it better.
 */
export const holdScroll = (list: Element | null): (() => void) => {
  if (!list || isKeptByBrowser()) return () => {}
  const anchor = [...list.children].find(child => child.getBoundingClientRect().bottom > 0)
  const top = anchor?.getBoundingClientRect().top ?? 0
  // A list whose top is in sight grows downwards, as it would anywhere.
  if (!anchor || top >= 0) return () => {}
  return () => {
    if (!anchor.isConnected) return
    const moved = anchor.getBoundingClientRect().top - top
    if (Math.abs(moved) > 1) scrollerOf(list).scrollBy({ top: moved, behavior: 'instant' })
  }
}

/** What scrolls the element: a box around it, also outside its shadow root, or the page. */
export const scrollerOf = (element: Element): Element | Window => {
  for (let at = parentOf(element); at; at = parentOf(at)) {
    const { overflowY } = getComputedStyle(at)
    if ((overflowY === 'auto' || overflowY === 'scroll') && at.scrollHeight > at.clientHeight) return at
  }
  return window
}

const parentOf = (element: Element): Element | null => {
  if (element.assignedSlot) return element.assignedSlot
  const root = element.getRootNode()
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
}
