/** Calls once when the element comes within a screen's reach; answers how to stop waiting. */
export const nearViewport = (element: Element, call: () => void): (() => void) => {
  const observer = new IntersectionObserver(
    entries => {
      if (!entries.some(entry => entry.isIntersecting)) return
      observer.disconnect()
      call()
    },
    { rootMargin: '400px' },
  )
  observer.observe(element)
  return () => observer.disconnect()
}
