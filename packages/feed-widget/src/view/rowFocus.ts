const rowOf = (element: Element): HTMLElement | null => element.closest('article')

const focus = (element: Element | null | undefined): boolean => {
  if (!(element instanceof HTMLElement)) return false
  element.focus()
  return true
}

type Direction = 'nextElementSibling' | 'previousElementSibling'

/** The row beside that one which is in the page. */
const rowBeside = (row: Element | null, direction: Direction): Element | null => {
  let beside = row?.[direction] ?? null
  while (beside && beside.tagName !== 'ARTICLE') beside = beside[direction]
  return beside
}

/** What has the focus in the same tree; null where nothing has. */
export const focusedNear = (element: Element): Element | null => {
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.activeElement : null
}

/** The row of the list that the focus is on or in. */
export const focusedRow = (list: Element): HTMLElement | null => {
  const active = focusedNear(list)
  return active && list.contains(active) ? rowOf(active) : null
}

/** Keeps the focus near a post that is about to go: on the post after it, the one before it, or the list itself. */
export const focusNeighbour = (inside: Element): void => {
  const row = rowOf(inside)
  if (focus(rowBeside(row, 'nextElementSibling')) || focus(rowBeside(row, 'previousElementSibling'))) return
  focus(row?.parentElement)
}

/** Keeps the focus on a post whose control is about to go. */
export const focusRow = (inside: Element): void => {
  focus(rowOf(inside))
}

/** Moves the focus to the post after that one, unless the visitor has taken it elsewhere than `around`. */
export const focusAfter = (row: Element, around: Element): void => {
  const active = focusedNear(around)
  const next = rowBeside(row, 'nextElementSibling')
  if (next instanceof HTMLElement && (active === null || around.contains(active))) next.focus({ preventScroll: true })
}

/** Shows the rows that a space stands for, and goes to the first or last of them. */
type Reveal = (space: Element, end: 'first' | 'last') => void

const leave = (selector: string) => (list: Element) => focus(list.closest('.feed')?.querySelector(selector))
const step = (to: Direction) => (_: Element, from: Element, reveal: Reveal) => {
  const beside = rowOf(from)?.[to]
  if (beside?.tagName !== 'DIV') return focus(beside)
  reveal(beside, to === 'nextElementSibling' ? 'first' : 'last')
  return true
}

/** The keys of the feed pattern: https://www.w3.org/WAI/ARIA/apg/patterns/feed/ */
const keys: Readonly<Record<string, (list: Element, from: Element, reveal: Reveal) => boolean>> = {
  PageDown: step('nextElementSibling'),
  PageUp: step('previousElementSibling'),
  'Control+Home': leave('[data-before]'),
  'Control+End': leave('[data-after]'),
}

/** Moves the focus as the key asks; a key that leads nowhere keeps its usual meaning. */
export const moveFocus = (event: KeyboardEvent, reveal: Reveal): void => {
  const { currentTarget: list, target: from, altKey, metaKey, shiftKey } = event
  if (altKey || metaKey || shiftKey || !(list instanceof Element) || !(from instanceof Element)) return
  const move = keys[event.ctrlKey ? `Control+${event.key}` : event.key]
  if (move?.(list, from, reveal)) event.preventDefault()
}
