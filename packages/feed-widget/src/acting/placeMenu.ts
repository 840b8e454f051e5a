/** Between the menu and its opener, and the least between the menu and the edge of the screen, in px. */
const gap = 4
const edge = 8

/** Puts a menu of the top layer under its opener, ends aligned; above it where there is no room; always on the screen. */
export const placeMenu = (opener: Element, menu: HTMLElement): void => {
  const by = opener.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const { clientWidth, clientHeight } = document.documentElement
  const start = getComputedStyle(opener).direction === 'rtl' ? by.left : by.right - width
  const below = by.bottom + gap
  const above = by.top - gap - height
  const top = below + height > clientHeight - edge && above >= edge ? above : below
  menu.style.left = `${clamp(start, edge, clientWidth - width - edge)}px`
  menu.style.top = `${clamp(top, edge, clientHeight - height - edge)}px`
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most))
