import type { RowWindow, WindowItem } from './RowWindow.ts'

/** How far above and below the screen rows are in the page. */
const around = '800px 0px'

/**
 * Tells a window what is near the screen, by one IntersectionObserver on rows and spaces: no scroll handler, so it
 * works wherever the page scrolls. `scrollMargin` is for scrolling boxes around the element; where it is not known,
 * rows come into those as they come into sight.
 */
export class RowWatch {
  readonly #window: RowWindow
  readonly #onChange: () => void
  readonly #observer: IntersectionObserver
  readonly #itemOf = new Map<Element, WindowItem>()
  readonly #intersecting = new Set<Element>()

  constructor(window: RowWindow, onChange: () => void) {
    this.#window = window
    this.#onChange = onChange
    const options = { root: document, rootMargin: around, scrollMargin: around }
    this.#observer = new IntersectionObserver(entries => this.#take(entries), options)
  }

  /** Watches the list's children, which are the items, and no others. */
  follow(list: Element, items: readonly WindowItem[]): void {
    const present = new Set<Element>()
    if (!this.#window.isWhole) {
      for (const [at, item] of items.entries()) {
        const element = list.children[at]
        if (!element) continue
        present.add(element)
        if (!this.#itemOf.has(element)) this.#observer.observe(element)
        this.#itemOf.set(element, item)
      }
    }
    for (const element of this.#itemOf.keys()) {
      if (!present.has(element)) this.#forget(element)
    }
  }

  end(): void {
    this.#observer.disconnect()
  }

  #forget(element: Element): void {
    this.#observer.unobserve(element)
    this.#itemOf.delete(element)
    this.#intersecting.delete(element)
  }

  #take(entries: readonly IntersectionObserverEntry[]): void {
    const touched = new Set<number>()
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const item = this.#itemOf.get(target)
      // What is not displayed at all is nowhere: it tells nothing.
      if (!item || boundingClientRect.width === 0) continue
      if (isIntersecting) this.#intersecting.add(target)
      else this.#intersecting.delete(target)
      touched.add(item.chunk)
    }
    const near = new Set([...this.#intersecting].map(element => this.#itemOf.get(element)?.chunk))
    let changed = false
    for (const chunk of touched) {
      if (!this.#window.setNear(chunk, near.has(chunk))) continue
      changed = true
      if (!near.has(chunk)) this.#measure(chunk)
    }
    if (changed) this.#onChange()
  }

  #measure(chunk: number): void {
    for (const [element, item] of this.#itemOf) {
      if (item.chunk === chunk && item.row) this.#window.measured(item.key, element.getBoundingClientRect().height)
    }
  }
}
