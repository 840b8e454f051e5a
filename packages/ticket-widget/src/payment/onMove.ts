/** Calls when the element was taken to another place of its document; answers how to stop. */
export const onMove = (element: HTMLElement, call: () => void): (() => void) => {
  const observer = new MutationObserver(records => {
    if (!element.isConnected) return
    if (records.some(({ removedNodes }) => [...removedNodes].some(node => node.contains(element)))) call()
  })
  observer.observe(element.ownerDocument, { childList: true, subtree: true })
  return () => observer.disconnect()
}
