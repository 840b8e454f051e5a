import { version } from '../version.ts'

/** Where an element's class tells its version. */
export const versionOf = Symbol.for('venuekit.version')

/**
 * Registers an element once. A second definition is harmless: the first stays, and another version is told of in the
 * console. Does nothing where there is no document.
 */
export const defineElement = (tag: string, element: CustomElementConstructor): void => {
  if (typeof customElements === 'undefined') return
  const present = customElements.get(tag)
  if (!present) {
    Object.defineProperty(element, versionOf, { value: version })
    customElements.define(tag, element)
    return
  }
  const other: unknown = Reflect.get(present, versionOf)
  if (other === version || warned.has(tag)) return
  warned.add(tag)
  console.warn(
    `VenueKit: <${tag}> ${String(other ?? 'of an unknown origin')} is defined already; ${version} is not used.`,
  )
}

const warned = new Set<string>()
