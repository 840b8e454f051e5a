/**
 * Keeps the page from scrolling, and from moving sideways where a scroll bar goes. What it answers puts back what the
 * page itself had said there.
 */
export const lockScroll = (page: Document): (() => void) => {
  const root = page.documentElement
  const hadStyle = root.hasAttribute('style')
  const hasBar = (page.defaultView?.innerWidth ?? 0) > root.clientWidth
  const unlock = [set(root, 'overflow', 'hidden')]
  if (hasBar) unlock.push(set(root, 'scrollbar-gutter', 'stable'))
  return () => {
    for (const restore of unlock) restore()
    if (!hadStyle && root.style.length === 0) root.removeAttribute('style')
  }
}

const set = ({ style }: HTMLElement, name: string, value: string): (() => void) => {
  const before = style.getPropertyValue(name)
  const priority = style.getPropertyPriority(name)
  style.setProperty(name, value, 'important')
  return () => {
    if (before === '') style.removeProperty(name)
    else style.setProperty(name, before, priority)
  }
}
