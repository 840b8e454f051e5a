import { VenueKitElement } from '@venuekit/core/element'

const adopted = new WeakMap<Element, Set<string>>()

/** Gives the widget that `inside` stands in the style sheet of a part that was loaded later. */
export const adoptPart = (inside: Element | null, styles: string): void => {
  const root = inside?.getRootNode()
  if (!(root instanceof ShadowRoot) || !(root.host instanceof VenueKitElement)) return
  const known = adopted.get(root.host) ?? new Set()
  adopted.set(root.host, known)
  if (known.has(styles)) return
  known.add(styles)
  root.host.addStyles([styles])
}
