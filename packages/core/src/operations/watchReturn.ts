/** What brought the visitor back: they look at the page again, or the network is there again. */
type Return = 'looking' | 'online'

/** Calls when the visitor may be looking at something old. Does nothing where there is no page. */
export const watchReturn = (onReturn: (how: Return) => void): (() => void) => {
  if (typeof document === 'undefined') return () => {}
  const hear = ({ type }: Event) => {
    if (document.visibilityState === 'visible') onReturn(type === 'online' ? 'online' : 'looking')
  }
  const signs = [
    [document, 'visibilitychange'],
    [globalThis, 'focus'],
    [globalThis, 'online'],
  ] as const
  for (const [target, type] of signs) target.addEventListener(type, hear)
  return () => {
    for (const [target, type] of signs) target.removeEventListener(type, hear)
  }
}
