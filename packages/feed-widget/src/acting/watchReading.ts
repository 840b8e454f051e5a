import { focusedNear } from '../view/rowFocus.ts'
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
  const isPost = (element: EventTarget | null) =>
    element instanceof Element && element !== list && list.contains(element)
  let isFocused = isPost(focusedNear(list))
  let told = false
  let isStopped = false
  // The focus moves while rows are painted as well, when nothing may be painted anew.
  const tell = () =>
    queueMicrotask(() => {
      const isReading = !isStopped && (isBelow || isFocused)
      if (isReading === told) return
      told = isReading
      onChange(isReading)
    })
  const focus = (event: FocusEvent) => {
    isFocused = isPost(event.type === 'focusin' ? event.target : event.relatedTarget)
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
  tell()
  list.addEventListener('focusin', focus)
  list.addEventListener('focusout', focus)
  return () => {
    isStopped = true
    tell()
    observer?.disconnect()
    list.removeEventListener('focusin', focus)
    list.removeEventListener('focusout', focus)
  }
}

const topOf = (scroller: Element | Window): number =>
  scroller instanceof Element ? Math.max(0, scroller.getBoundingClientRect().top) : 0
