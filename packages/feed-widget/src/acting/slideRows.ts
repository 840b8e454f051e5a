const slide = { duration: 260, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' }
const fade = { duration: 220, easing: 'ease-out' }

const wantsMotion = (): boolean => matchMedia('(prefers-reduced-motion: no-preference)').matches

/**
 * Notes where the posts in sight stand; what it answers lets them slide from there to where they stand after a change,
 * and those that came fade in between them. What did not move on the screen, because the page was scrolled with it,
 * stays as it is.
 */
export const noteRows = (list: Element): (() => void) => {
  const before = new Map<Element, number>()
  for (const row of inSight(list)) before.set(row, row.getBoundingClientRect().top)
  return () => {
    if (before.size === 0 || !wantsMotion()) return
    const moves = inSight(list).map(row => ({ row, from: before.get(row), to: row.getBoundingClientRect().top }))
    if (!moves.some(({ from, to }) => from !== undefined && Math.abs(from - to) > 1)) return
    for (const { row, from, to } of moves) {
      if (from === undefined) row.animate([{ opacity: 0 }, { opacity: 0, offset: 0.3 }, { opacity: 1 }], fade)
      else if (from !== to) row.animate([{ transform: `translateY(${from - to}px)` }, { transform: 'none' }], slide)
    }
  }
}

const inSight = (list: Element): Element[] => {
  const seen: Element[] = []
  for (const row of list.children) {
    const { top, bottom } = row.getBoundingClientRect()
    if (top > innerHeight) break
    if (bottom > 0) seen.push(row)
  }
  return seen
}
