import { attributeName } from './attributeName.ts'
import type { PropertyKind } from './elementProperty.ts'
import type { PropertyKinds } from './propertyKinds.ts'
import { VenueKitElement } from './VenueKitElement.ts'

/** The base class of an element with these properties: accessors that read and write its attributes or its values. */
export const shellWith = (kinds: PropertyKinds): (abstract new () => VenueKitElement) => {
  abstract class Shell extends VenueKitElement {
    constructor() {
      super()
      // Properties set on the bare tag, before this class existed, hide the accessors: take them off and set them.
      const own = this as unknown as Record<string, unknown>
      for (const name in kinds) {
        if (!Object.hasOwn(own, name)) continue
        const early = own[name]
        delete own[name]
        own[name] = early
      }
    }

    read(name: string, kind: PropertyKind): unknown {
      if (kind === 'value') return this.values[name] ?? null
      const text = this.getAttribute(attributeName(name))
      if (kind === 'flag') return text !== null
      return kind === 'text' ? text : (kind.find(choice => choice === text) ?? kind[0])
    }

    write(name: string, kind: PropertyKind, value: unknown): void {
      const attribute = attributeName(name)
      if (kind === 'value') {
        if (this.read(name, kind) === (value ?? null)) return
        this.values[name] = value
        this.body?.change(name)
      } else if (kind === 'flag' ? !value && value !== '' : value == null) this.removeAttribute(attribute)
      else this.setAttribute(attribute, kind === 'flag' ? '' : String(value))
    }
  }
  for (const name in kinds) {
    const kind = kinds[name] ?? 'value'
    Object.defineProperty(Shell.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: Shell) {
        return this.read(name, kind)
      },
      set(this: Shell, value: unknown) {
        this.write(name, kind, value)
      },
    })
  }
  return Shell
}
