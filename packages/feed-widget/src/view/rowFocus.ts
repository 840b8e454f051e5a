const rowOf = (element: Element): Element | null => element.closest('article')

const focus = (element: Element | null | undefined): boolean => {
  if (!(element instanceof HTMLElement)) return false
  element.focus()
  return true
}

/** Keeps the focus near a post that is about to go: on the post after it, the one before it, or the list itself. */
export const focusNeighbour = (inside: Element): void => {
  const row = rowOf(inside)
  const list = row?.parentElement
  if (focus(row?.nextElementSibling) || focus(row?.previousElementSibling)) return
  focus(list)
}

/** Keeps the focus on a post whose control is about to go. */
export const focusRow = (inside: Element): void => {
  focus(rowOf(inside))
}

/** Moves the focus to the post after that one, unless the visitor has taken it elsewhere than `around`. */
export const focusAfter = (row: Element, around: Element): void => {
  const root = around.getRootNode()
  const active = root instanceof ShadowRoot ? root.activeElement : null
  const next = row.nextElementSibling
  if (next instanceof HTMLElement && (active === null || around.contains(active))) next.focus({ preventScroll: true })
}

const leave = (selector: string) => (list: Element) => focus(list.closest('.feed')?.querySelector(selector))
const step = (to: 'nextElementSibling' | 'previousElementSibling') => (_: Element, from: Element) =>
  focus(rowOf(from)?.[to])

/** The keys of the feed pattern: https://www.w3.org/WAI/ARIA/apg/patterns/feed/ */
const keys: Readonly<Record<string, (list: Element, from: Element) => boolean>> = {
  PageDown: step('nextElementSibling'),
  PageUp: step('previousElementSibling'),
  'Control+Home': leave('[data-before]'),
  'Control+End': leave('[data-after]'),
}

/** Moves the focus as the key asks; a key that leads nowhere keeps its usual meaning. */
export const moveFocus = (event: KeyboardEvent): void => {
  const { currentTarget: list, target: from, altKey, metaKey, shiftKey } = event
  if (altKey || metaKey || shiftKey || !(list instanceof Element) || !(from instanceof Element)) return
  const move = keys[event.ctrlKey ? `Control+${event.key}` : event.key]
  if (move?.(list, from)) event.preventDefault()
}
