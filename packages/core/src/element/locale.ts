/** The tag in canonical form, or null where Intl would refuse it: a browser may report `en-US@posix`. */
export const validLocale = (tag: string | null | undefined): string | null => {
  if (!tag) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

/** The first valid of the `locale` attribute, the nearest `lang`, the browser's languages, and `en`. */
export const resolveLocale = (element: HTMLElement): string => {
  const wishes = [
    element.getAttribute('locale'),
    ...Array.from(outwards(element), node => (node as Element).getAttribute?.('lang')),
    ...(globalThis.navigator?.languages ?? []),
  ]
  for (const wish of wishes) {
    const locale = validLocale(wish)
    if (locale) return locale
  }
  return 'en'
}

/** The element's own `dir` where it is one, else the direction of the locale's script. */
export const resolveDirection = (element: HTMLElement, locale: string): 'ltr' | 'rtl' => {
  const own = element.getAttribute('dir')
  if (own === 'ltr' || own === 'rtl') return own
  return /Arab|Hebr|Thaa|Syrc|Nkoo|Adlm/.test(new Intl.Locale(locale).maximize().script ?? '') ? 'rtl' : 'ltr'
}

/** The node and all that is around it, nearest first, through shadow roots. */
export function* outwards(node: Node): Generator<Node> {
  for (let at: Node | null = node; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null) yield at
}
