const sheets = new Map<string, CSSStyleSheet>()

const sheetOf = (css: string): CSSStyleSheet => {
  let sheet = sheets.get(css)
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    sheets.set(css, sheet)
  }
  return sheet
}

/**
 * Gives a shadow root its styles: shared constructable sheets, which no content security policy stops, or a
 * `<style>` with the nonce where they are missing or belong to another document.
 */
export const adoptStyles = (
  root: ShadowRoot,
  styles: readonly string[],
  nonce = pageNonce(root.ownerDocument),
): void => {
  try {
    root.adoptedStyleSheets = styles.map(sheetOf)
  } catch {
    root.querySelector('style[data-venuekit]')?.remove()
    const style = root.ownerDocument.createElement('style')
    style.nonce = nonce
    style.dataset.venuekit = ''
    style.textContent = styles.join('\n')
    root.append(style)
  }
}

const pageNonce = (page: Document): string => page.querySelector<HTMLElement>('script[nonce]')?.nonce ?? ''
