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
    ...ancestorLanguages(element),
    ...(globalThis.navigator?.languages ?? []),
  ]
  for (const wish of wishes) {
    const locale = validLocale(wish)
    if (locale) return locale
  }
  return 'en'
}

const rightToLeft = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'nqo', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi'])

/** The element's own `dir` where it is one, else the direction of the locale's script. */
export const resolveDirection = (element: HTMLElement, locale: string): 'ltr' | 'rtl' => {
  const own = element.getAttribute('dir')
  if (own === 'ltr' || own === 'rtl') return own
  const { language, script } = new Intl.Locale(locale).maximize()
  if (script === 'Arab' || script === 'Hebr') return 'rtl'
  return rightToLeft.has(language) && script !== 'Latn' && script !== 'Cyrl' && script !== 'Deva' ? 'rtl' : 'ltr'
}

/** Nearest first, through the shadow roots around the element. */
function* ancestorLanguages(element: Element): Generator<string | null> {
  let from: Element | null = element
  while (from) {
    const holder: Element | null = from.closest('[lang]')
    if (holder) yield holder.getAttribute('lang')
    const next: Element | null = holder?.parentElement ?? null
    from = next ?? hostOf(holder ?? from)
  }
}

const hostOf = (element: Element): Element | null => {
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : null
}
