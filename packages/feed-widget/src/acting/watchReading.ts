import { scrollerOf } from '../window/steadyScroll.ts'

/**
 * Tells whether somebody reads: the mark above the posts has been scrolled out of sight, or the focus is on a post.
 * Answers how to stop.
 */
export const watchReading = (
  mark: Element,
  list: HTMLElement,
  onChange: (isReading: boolean) => void,
): (() => void) => {
  let isBelow = false
  let isFocused = false
  const tell = () => onChange(isBelow || isFocused)
  const focus = (event: FocusEvent) => {
    const to = event.type === 'focusin' ? event.target : event.relatedTarget
    isFocused = to instanceof Element && to !== list && list.contains(to)
    tell()
  }
  const observer = typeof IntersectionObserver === 'undefined' ? null : new IntersectionObserver(take)
  function take(entries: readonly IntersectionObserverEntry[]): void {
    const entry = entries.at(-1)
    if (!entry) return
    isBelow = !entry.isIntersecting && entry.boundingClientRect.top < topOf(scrollerOf(list))
    tell()
  }
  observer?.observe(mark)
  list.addEventListener('focusin', focus)
  list.addEventListener('focusout', focus)
  return () => {
    observer?.disconnect()
    list.removeEventListener('focusin', focus)
    list.removeEventListener('focusout', focus)
  }
}

const topOf = (scroller: Element | Window): number =>
  scroller instanceof Element ? Math.max(0, scroller.getBoundingClientRect().top) : 0
