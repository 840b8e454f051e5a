/** Calls `near` once, as soon as the element is within `margin` pixels of the viewport. */
export const nearViewport = (element: Element, margin: number, near: () => void) => {
  if (!window.IntersectionObserver) return near()
  const observer = new IntersectionObserver(
    entries => {
      if (!entries.some(entry => entry.isIntersecting)) return
      observer.disconnect()
      near()
    },
    { rootMargin: `${margin}px` },
  )
  observer.observe(element)
}
