const placeholder = 'data-venuekit'

/**
 * Calls `found` once for each VenueKit element of the page, also for those that come later, and makes one inside
 * each `<div data-venuekit="tickets" data-event-id="…">`, for site builders that strip unknown tags.
 */
export const watchPage = (names: readonly string[], found: (element: Element, name: string) => void) => {
  const seen = new WeakSet<Element>()
  const tags = names.map(name => `venuekit-${name}`)
  const selector = [...tags, `[${placeholder}]`].join()

  const look = (element: Element) => {
    if (seen.has(element)) return
    seen.add(element)
    const tag = element.localName
    if (tags.includes(tag)) found(element, tag.slice(9))
    else fill(element, names)
  }

  const search = (root: Element) => {
    if (root.matches(selector)) look(root)
    root.querySelectorAll(selector).forEach(look)
  }

  search(document.documentElement)
  new MutationObserver(changes => {
    for (const change of changes) for (const node of change.addedNodes) if (node instanceof Element) search(node)
  }).observe(document, { childList: true, subtree: true })
}

/** Puts the element that a placeholder asks for inside it: `data-event-id` becomes `event-id`. */
const fill = (placeholderElement: Element, names: readonly string[]) => {
  const name = placeholderElement.getAttribute(placeholder) ?? ''
  if (!names.includes(name)) return
  const element = document.createElement(`venuekit-${name}`)
  for (const { name: attribute, value } of placeholderElement.attributes)
    if (attribute.startsWith('data-') && attribute !== placeholder) element.setAttribute(attribute.slice(5), value)
  placeholderElement.replaceChildren(element)
}
