/** A row as the plain list shows it. */
export interface PlainRow {
  key: string
  text: string
}

/** As many as a window shows: what differs between contenders is what they do with data, not with the page. */
const shown = 30

/** Shows the head of the rows, each by its key: an element stays as long as its key is there. */
export const createKeyedRows = (place: HTMLElement) => {
  const known = new Map<string, HTMLElement>()
  const elementOf = ({ key, text }: PlainRow): HTMLElement => {
    const element = known.get(key) ?? document.createElement('article')
    if (element.textContent !== text) element.textContent = text
    known.set(key, element)
    return element
  }
  return {
    show: (rows: readonly PlainRow[]): void => {
      const wanted = rows.slice(0, shown).map(elementOf)
      for (const [at, element] of wanted.entries()) {
        if (place.children[at] !== element) place.insertBefore(element, place.children[at] ?? null)
      }
      while (place.children.length > wanted.length) place.lastElementChild?.remove()
      const keys = new Set(rows.slice(0, shown).map(({ key }) => key))
      for (const key of known.keys()) if (!keys.has(key)) known.delete(key)
    },
  }
}
