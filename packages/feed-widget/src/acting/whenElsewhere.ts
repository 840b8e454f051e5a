/** Calls when the visitor presses outside those elements, scrolls the page or leaves it; answers how to stop. */
export const whenElsewhere = (elements: readonly Element[], onLeave: () => void): (() => void) => {
  const stopping = new AbortController()
  const isInside = (event: Event) => elements.some(element => event.composedPath().includes(element))
  const leave = (event: Event) => void (isInside(event) || onLeave())
  const options = { capture: true, passive: true, signal: stopping.signal }
  document.addEventListener('pointerdown', leave, options)
  window.addEventListener('scroll', leave, options)
  window.addEventListener('resize', onLeave, options)
  window.addEventListener('blur', onLeave, { signal: stopping.signal })
  return () => stopping.abort()
}
