/**
 * Puts an element inside each `<div data-venuekit="tickets" data-event-id="…">`, also those that come later, for site
 * builders that strip unknown tags.
 */
export const fillPlaceholders = (names: readonly string[]) => {
  const look = () => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-venuekit]')) fill(element, names)
  }
  look()
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
}

/** One that is filled already stays, whoever filled it. */
const fill = (element: HTMLElement, names: readonly string[]) => {
  const { venuekit = '', ...properties } = element.dataset
  const tag = `venuekit-${venuekit}`
  if (!names.includes(venuekit) || element.firstElementChild?.localName === tag) return
  element.replaceChildren(Object.assign(document.createElement(tag), properties))
}
