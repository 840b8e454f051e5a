const mark = 'data-venuekit-printing'

/** Leaves nothing of the page on paper but the way down to the marked element. */
const pageStyles = `@media print {
  body :not(:has([${mark}]), [${mark}], [${mark}] *) { display: none !important; }
  :is(html, body, :has([${mark}])) { display: block !important; position: static !important; overflow: visible !important; inline-size: auto !important; block-size: auto !important; max-inline-size: none !important; max-block-size: none !important; margin: 0 !important; padding: 0 !important; border: 0 !important; background: none !important; transform: none !important; }
}`

/** Prints the widget without the page around it. Inside another component's shadow root the page is printed as it is. */
export const printTickets = (element: HTMLElement): void => {
  const page = element.ownerDocument
  const view = page.defaultView
  if (!view) return
  const isReached = element.getRootNode() === page
  const sheet = new view.CSSStyleSheet()
  if (isReached) {
    sheet.replaceSync(pageStyles)
    page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet]
    element.setAttribute(mark, '')
  }
  const clean = () => {
    page.adoptedStyleSheets = page.adoptedStyleSheets.filter(each => each !== sheet)
    element.removeAttribute(mark)
  }
  // Where print() does not wait for the dialog, as on phones, the end comes later.
  view.addEventListener('afterprint', clean, { once: true })
  view.print()
}
